CREATE INDEX IF NOT EXISTS proposals_published ON proposals (id) WHERE opened_at IS NOT NULL;
