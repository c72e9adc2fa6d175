CREATE TABLE IF NOT EXISTS presentation_requests (
  id uuid NOT NULL PRIMARY KEY,
  browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
  nonce text NOT NULL CHECK (nonce <> ''),
  state text NOT NULL CHECK (state <> ''),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  answered_at timestamptz,
  guest_id uuid REFERENCES guests (id),
  refusal text,
  CONSTRAINT presentation_requests_answer CHECK (answered_at IS NOT NULL OR (guest_id IS NULL AND refusal IS NULL))
);
