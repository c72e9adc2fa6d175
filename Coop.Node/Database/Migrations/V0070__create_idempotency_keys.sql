CREATE TABLE IF NOT EXISTS idempotency_keys (
  member_id uuid NOT NULL REFERENCES members (id),
  key text NOT NULL CHECK (key <> ''),
  request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
  answered_at timestamptz NOT NULL,
  status bigint NOT NULL,
  location text,
  answer text NOT NULL,
  PRIMARY KEY (member_id, key)
);
