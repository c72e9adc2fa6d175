CREATE INDEX IF NOT EXISTS log_entries_by_actor ON log_entries (actor, seq);
