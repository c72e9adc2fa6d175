CREATE INDEX IF NOT EXISTS claims_received_peer ON claims_received (peer_did, received_at);
