CREATE TABLE IF NOT EXISTS pending_checkpoints (
  origin text NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (origin, size, root)
);
