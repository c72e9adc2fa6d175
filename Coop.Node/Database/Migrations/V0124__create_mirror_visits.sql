CREATE TABLE IF NOT EXISTS mirror_visits (
  origin text NOT NULL PRIMARY KEY,
  visited_at timestamptz NOT NULL,
  answered_at timestamptz NULL,
  fault text NULL,
  fault_detail text NULL,
  fault_at timestamptz NULL
);
