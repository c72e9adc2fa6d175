CREATE TABLE IF NOT EXISTS members (
  id uuid NOT NULL PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  pseudonym text NOT NULL CHECK (length(pseudonym) = 22),
  joined_at timestamptz NOT NULL,
  CONSTRAINT members_pseudonym_key UNIQUE (pseudonym)
);
