CREATE INDEX IF NOT EXISTS presentation_requests_by_expiry ON presentation_requests (expires_at);
