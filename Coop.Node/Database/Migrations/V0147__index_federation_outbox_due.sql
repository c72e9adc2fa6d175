CREATE INDEX IF NOT EXISTS federation_outbox_due ON federation_outbox (due_at, id);
