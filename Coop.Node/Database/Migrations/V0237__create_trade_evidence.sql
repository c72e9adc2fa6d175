-- What a peer signed against its own word.
CREATE TABLE IF NOT EXISTS trade_evidence (
  id uuid NOT NULL PRIMARY KEY,
  peer_did text NOT NULL REFERENCES trade_pairs (peer_did),
  code text NOT NULL,
  message text,
  event_id uuid NOT NULL,
  found_at timestamptz NOT NULL
);
