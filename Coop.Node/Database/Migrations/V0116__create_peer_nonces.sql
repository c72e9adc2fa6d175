CREATE TABLE IF NOT EXISTS peer_nonces (
  did text NOT NULL,
  nonce text NOT NULL,
  mark uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (did, nonce)
);
