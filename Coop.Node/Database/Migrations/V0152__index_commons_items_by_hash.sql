CREATE INDEX IF NOT EXISTS commons_items_by_hash ON commons_items (hash) WHERE withdrawn_at IS NULL;
