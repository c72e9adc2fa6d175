CREATE TABLE IF NOT EXISTS member_dids (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  did text NOT NULL CHECK (did <> ''),
  kind text NOT NULL CHECK (kind IN ('passkey', 'device', 'wallet', 'ethereum')),
  name text,
  linked_at timestamptz NOT NULL,
  unlinked_at timestamptz,
  replaced_by uuid REFERENCES member_dids (id),
  CONSTRAINT member_dids_replaced CHECK (replaced_by IS NULL OR unlinked_at IS NOT NULL)
);
