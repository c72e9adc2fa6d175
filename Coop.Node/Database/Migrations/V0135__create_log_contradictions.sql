CREATE TABLE IF NOT EXISTS log_contradictions (
  size bigint NOT NULL,
  root bytea NOT NULL,
  shown_by text NOT NULL,
  PRIMARY KEY (size, root)
);
