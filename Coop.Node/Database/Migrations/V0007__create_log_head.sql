CREATE TABLE IF NOT EXISTS log_head (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  origin text NOT NULL,
  vkey text NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  checkpoint_size bigint NOT NULL CHECK (checkpoint_size <= size),
  checkpoint text NOT NULL,
  lease_holder uuid,
  lease_epoch bigint NOT NULL,
  lease_expires_at timestamptz NOT NULL
);
