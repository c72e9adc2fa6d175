CREATE TABLE IF NOT EXISTS node_did_versions (
  version bigint NOT NULL PRIMARY KEY CHECK (version > 0),
  entry text NOT NULL CHECK (entry <> ''),
  created_at timestamptz NOT NULL
);
