CREATE UNIQUE INDEX IF NOT EXISTS peerings_peer_key ON peerings (peer_did) WHERE NOT ended;
