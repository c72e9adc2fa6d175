CREATE INDEX IF NOT EXISTS trade_transfers_open ON trade_transfers (peer_did, id) WHERE NOT is_final;
