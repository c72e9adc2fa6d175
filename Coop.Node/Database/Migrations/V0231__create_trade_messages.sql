-- Signed messages as they were signed or taken, each with the event that tells of it.
CREATE TABLE IF NOT EXISTS trade_messages (
  peer_did text NOT NULL REFERENCES trade_pairs (peer_did),
  is_own boolean NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 1),
  hash text NOT NULL,
  step text NOT NULL,
  transfer_id uuid,
  message text NOT NULL,
  event_id uuid NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (peer_did, is_own, seq)
);
