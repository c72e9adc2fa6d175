CREATE TABLE IF NOT EXISTS log_disowned (
  size bigint NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (size, root)
);
