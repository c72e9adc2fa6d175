CREATE TABLE IF NOT EXISTS log_entries (
  seq bigint NOT NULL PRIMARY KEY,
  id uuid NOT NULL,
  actor text NOT NULL,
  entry bytea NOT NULL
);
