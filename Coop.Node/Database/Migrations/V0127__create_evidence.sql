CREATE TABLE IF NOT EXISTS evidence (
  id text NOT NULL PRIMARY KEY,
  origin text NOT NULL,
  evidence text NOT NULL,
  source text NOT NULL,
  found_at timestamptz NOT NULL,
  event_id uuid NOT NULL
);
