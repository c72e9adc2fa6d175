CREATE TABLE IF NOT EXISTS proposals (
  id uuid NOT NULL PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'open', 'closed', 'withdrawn')),
  created_by uuid NOT NULL REFERENCES members (id),
  created_at timestamptz NOT NULL,
  opened_at timestamptz,
  closes_at timestamptz,
  closed_at timestamptz,
  yes_count bigint,
  no_count bigint,
  abstain_count bigint,
  eligible_count bigint,
  CONSTRAINT proposals_opened CHECK (
    (status IN ('open', 'closed')) = (opened_at IS NOT NULL)
    AND (opened_at IS NULL) = (closes_at IS NULL)
    AND (opened_at IS NULL OR opened_at < closes_at)),
  CONSTRAINT proposals_counted CHECK (
    (status = 'closed') = (closed_at IS NOT NULL)
    AND (closed_at IS NULL) = (yes_count IS NULL)
    AND (closed_at IS NULL) = (no_count IS NULL)
    AND (closed_at IS NULL) = (abstain_count IS NULL)
    AND (closed_at IS NULL) = (eligible_count IS NULL))
);
