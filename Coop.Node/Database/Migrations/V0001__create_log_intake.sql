CREATE TABLE IF NOT EXISTS log_intake (
  id uuid NOT NULL PRIMARY KEY,
  written_at timestamptz NOT NULL,
  ordinal bigint NOT NULL,
  type text NOT NULL,
  actor text NOT NULL,
  subject text NOT NULL,
  time timestamptz NOT NULL,
  payload_hash bytea NOT NULL,
  visibility text NOT NULL
);
