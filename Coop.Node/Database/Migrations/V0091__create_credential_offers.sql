CREATE TABLE IF NOT EXISTS credential_offers (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  statement text NOT NULL CHECK (statement <> ''),
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  tx_code_hash bytea NOT NULL CHECK (length(tx_code_hash) = 32),
  attempts_left bigint NOT NULL CHECK (attempts_left >= 0),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  token_hash bytea CHECK (length(token_hash) = 32),
  token_expires_at timestamptz,
  CONSTRAINT credential_offers_code_hash_key UNIQUE (code_hash),
  CONSTRAINT credential_offers_token_hash_key UNIQUE (token_hash),
  CONSTRAINT credential_offers_token CHECK ((token_hash IS NULL) = (token_expires_at IS NULL))
);
