CREATE INDEX IF NOT EXISTS proposals_unpublished
  ON proposals (created_by, id) WHERE opened_at IS NULL;
