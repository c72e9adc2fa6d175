CREATE INDEX IF NOT EXISTS trade_transfers_by_id ON trade_transfers (id);
