CREATE TABLE IF NOT EXISTS mirror_seen (
  origin text NOT NULL,
  subject text NOT NULL,
  seq bigint NOT NULL,
  event_id uuid NOT NULL,
  payload_hash bytea NOT NULL,
  is_read boolean NOT NULL,
  PRIMARY KEY (origin, subject)
);
