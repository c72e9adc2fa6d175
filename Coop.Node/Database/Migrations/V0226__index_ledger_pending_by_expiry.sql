CREATE INDEX IF NOT EXISTS ledger_pending_open_expiry ON ledger_pending_open (expires_at);
