CREATE TABLE IF NOT EXISTS invitations (
  id uuid NOT NULL PRIMARY KEY,
  token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
  roles text NOT NULL CHECK (roles <> ''),
  note text,
  first_administrator boolean NOT NULL,
  created_by uuid REFERENCES members (id),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by uuid REFERENCES members (id),
  revoked_at timestamptz,
  CONSTRAINT invitations_token_hash_key UNIQUE (token_hash),
  CONSTRAINT invitations_used_by_key UNIQUE (used_by),
  CONSTRAINT invitations_issuer CHECK (first_administrator = (created_by IS NULL)),
  CONSTRAINT invitations_used CHECK ((used_at IS NULL) = (used_by IS NULL)),
  CONSTRAINT invitations_one_end CHECK (used_at IS NULL OR revoked_at IS NULL)
);
