CREATE TABLE IF NOT EXISTS payload_erasures (
  event_id uuid NOT NULL PRIMARY KEY,
  hash bytea NOT NULL,
  reason text NOT NULL,
  erased_at timestamptz NOT NULL,
  erased_event uuid NOT NULL
);
