CREATE UNIQUE INDEX IF NOT EXISTS commons_items_one_standing ON commons_items (event_id) WHERE withdrawn_at IS NULL;
