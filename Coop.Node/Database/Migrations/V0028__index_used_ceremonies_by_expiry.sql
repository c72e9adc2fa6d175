CREATE INDEX IF NOT EXISTS used_ceremonies_by_expiry ON used_ceremonies (expires_at);
