CREATE TABLE IF NOT EXISTS log_tiles (
  level bigint NOT NULL,
  n bigint NOT NULL,
  root bytea NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, n)
);
