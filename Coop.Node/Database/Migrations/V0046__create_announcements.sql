CREATE TABLE IF NOT EXISTS announcements (
  id uuid NOT NULL PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  author_id uuid NOT NULL REFERENCES members (id),
  published_at timestamptz NOT NULL
);
