CREATE UNIQUE INDEX IF NOT EXISTS trade_transfers_request ON trade_transfers (request) WHERE role = 'payer';
