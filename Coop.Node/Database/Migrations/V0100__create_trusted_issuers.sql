CREATE TABLE IF NOT EXISTS trusted_issuers (
  id uuid NOT NULL PRIMARY KEY,
  did text NOT NULL CHECK (did <> ''),
  label text NOT NULL CHECK (label <> ''),
  grants text NOT NULL CHECK (grants IN ('guest')),
  added_by uuid NOT NULL REFERENCES members (id),
  added_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  CONSTRAINT trusted_issuers_did_key UNIQUE (did)
);
