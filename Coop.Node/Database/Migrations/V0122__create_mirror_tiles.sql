CREATE TABLE IF NOT EXISTS mirror_tiles (
  origin text NOT NULL,
  level bigint NOT NULL,
  n bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (origin, level, n)
);
