-- The two chains of messages between this node and a peer: specs/trade.md.
CREATE TABLE IF NOT EXISTS trade_pairs (
  peer_did text NOT NULL PRIMARY KEY,
  sent_seq bigint NOT NULL CHECK (sent_seq >= 0),
  sent_hash text NOT NULL,
  received_seq bigint NOT NULL CHECK (received_seq >= 0),
  received_hash text NOT NULL,
  frozen text,
  stated_day date,
  trouble text
);
