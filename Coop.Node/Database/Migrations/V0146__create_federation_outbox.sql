CREATE TABLE IF NOT EXISTS federation_outbox (
  id uuid NOT NULL PRIMARY KEY,
  peer_did text NOT NULL CHECK (peer_did <> ''),
  kind text NOT NULL CHECK (kind IN ('claim', 'claim-withdrawal', 'erasure')),
  ref uuid NOT NULL,
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  attempts bigint NOT NULL,
  problem text,
  CONSTRAINT federation_outbox_once UNIQUE (peer_did, kind, ref)
);
