CREATE UNIQUE INDEX IF NOT EXISTS witnessed_logs_by_hash ON witnessed_logs (origin_hash);
