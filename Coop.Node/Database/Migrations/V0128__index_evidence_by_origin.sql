CREATE INDEX IF NOT EXISTS evidence_by_origin ON evidence (origin, found_at);
