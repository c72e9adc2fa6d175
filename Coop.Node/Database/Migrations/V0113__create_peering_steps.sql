CREATE TABLE IF NOT EXISTS peering_steps (
  peering_id uuid NOT NULL REFERENCES peerings (id),
  side text NOT NULL CHECK (side IN ('us', 'them')),
  number bigint NOT NULL CHECK (number > 0),
  step text NOT NULL CHECK (step <> ''),
  terms_hash text,
  terms text,
  reason text,
  actor text NOT NULL CHECK (actor <> ''),
  at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  delivered_at timestamptz,
  PRIMARY KEY (peering_id, side, number)
);
