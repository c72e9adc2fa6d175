CREATE UNIQUE INDEX IF NOT EXISTS log_entries_by_id ON log_entries (id);
