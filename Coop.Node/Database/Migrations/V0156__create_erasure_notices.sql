CREATE TABLE IF NOT EXISTS erasure_notices (
  event_id uuid NOT NULL REFERENCES payload_erasures (event_id),
  peer_did text NOT NULL,
  peer_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'unanswered')),
  problem text,
  confirmation text,
  PRIMARY KEY (event_id, peer_did)
);
