CREATE INDEX IF NOT EXISTS peer_nonces_by_expiry ON peer_nonces (expires_at);
