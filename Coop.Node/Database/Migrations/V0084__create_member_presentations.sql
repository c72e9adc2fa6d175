CREATE TABLE IF NOT EXISTS member_presentations (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  verifier text NOT NULL CHECK (verifier <> ''),
  verifier_name text NOT NULL,
  address text NOT NULL CHECK (address <> ''),
  disclosed text NOT NULL,
  presented_at timestamptz NOT NULL,
  accepted boolean
);
