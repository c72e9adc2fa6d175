ALTER TABLE federation_outbox ADD COLUMN IF NOT EXISTS failed_at timestamptz;
