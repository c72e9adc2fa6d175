CREATE INDEX IF NOT EXISTS proposals_by_status ON proposals (status, id);
