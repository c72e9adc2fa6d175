CREATE TABLE IF NOT EXISTS guests (
  id uuid NOT NULL PRIMARY KEY,
  issuer_did text NOT NULL,
  holder text NOT NULL CHECK (holder <> ''),
  pseudonym text NOT NULL CHECK (length(pseudonym) = 22),
  name text NOT NULL CHECK (name <> ''),
  first_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT guests_holder_key UNIQUE (issuer_did, holder),
  CONSTRAINT guests_pseudonym_key UNIQUE (pseudonym)
);
