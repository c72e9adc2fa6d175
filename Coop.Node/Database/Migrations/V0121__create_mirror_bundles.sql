CREATE TABLE IF NOT EXISTS mirror_bundles (
  origin text NOT NULL,
  n bigint NOT NULL,
  entries bytea NOT NULL,
  PRIMARY KEY (origin, n)
);
