CREATE TABLE IF NOT EXISTS status_lists (
  number bigint NOT NULL PRIMARY KEY CHECK (number > 0),
  version bigint NOT NULL CHECK (version >= 0),
  created_at timestamptz NOT NULL
);
