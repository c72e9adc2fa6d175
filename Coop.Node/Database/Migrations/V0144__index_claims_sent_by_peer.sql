CREATE INDEX IF NOT EXISTS claims_sent_by_peer ON claims_sent (peer_did, kind, id);
