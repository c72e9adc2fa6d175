CREATE TABLE IF NOT EXISTS recorded_checkpoints (
  origin text NOT NULL PRIMARY KEY,
  size bigint NOT NULL,
  recorded_at timestamptz NOT NULL
);
