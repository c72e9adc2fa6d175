CREATE INDEX IF NOT EXISTS proposals_due ON proposals (closes_at, id) WHERE status = 'open';
