CREATE TABLE IF NOT EXISTS witnessed_logs (
  origin text NOT NULL PRIMARY KEY,
  origin_hash text NOT NULL,
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL,
  note text NOT NULL,
  witnessed_at timestamptz NOT NULL
);
