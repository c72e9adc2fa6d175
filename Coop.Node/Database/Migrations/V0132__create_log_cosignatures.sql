CREATE TABLE IF NOT EXISTS log_cosignatures (
  size bigint NOT NULL,
  vkey text NOT NULL,
  root bytea NOT NULL,
  line text NOT NULL,
  PRIMARY KEY (size, vkey)
);
