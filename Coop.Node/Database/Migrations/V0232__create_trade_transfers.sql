-- Ids are named by the payer's node, so they are unique with each peer. Without unit it is a tombstone.
CREATE TABLE IF NOT EXISTS trade_transfers (
  peer_did text NOT NULL REFERENCES trade_pairs (peer_did),
  id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('payer', 'payee')),
  state text NOT NULL,
  is_final boolean NOT NULL,
  kind text,
  unit text,
  amount_minor bigint CHECK (amount_minor > 0),
  payer uuid,
  payee uuid,
  memo text,
  valid_until timestamptz,
  request text,
  reason text,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (peer_did, id)
);
