CREATE TABLE IF NOT EXISTS mirrors (
  origin text NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  size bigint NOT NULL,
  edge bytea NOT NULL,
  last_leaf bytea NOT NULL,
  last_other bigint NOT NULL,
  accepted_size bigint NOT NULL,
  accepted_edge bytea NOT NULL,
  accepted text NOT NULL,
  complete text NULL,
  CHECK (size <= accepted_size)
);
