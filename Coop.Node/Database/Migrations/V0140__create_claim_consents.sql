CREATE TABLE IF NOT EXISTS claim_consents (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  peer_did text NOT NULL CHECK (peer_did <> ''),
  peer_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('membership', 'standing', 'skill')),
  given_at timestamptz NOT NULL,
  given_event uuid NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_event uuid,
  CONSTRAINT claim_consents_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_event IS NULL))
);
