CREATE TABLE IF NOT EXISTS changed_steps (
  peering_id uuid NOT NULL REFERENCES peerings (id),
  number bigint NOT NULL,
  hash bytea NOT NULL,
  at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (peering_id, number, hash)
);
