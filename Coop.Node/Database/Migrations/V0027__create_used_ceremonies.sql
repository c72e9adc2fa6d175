CREATE TABLE IF NOT EXISTS used_ceremonies (
  id uuid NOT NULL PRIMARY KEY,
  used_by_request uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
