CREATE TABLE IF NOT EXISTS peer_histories (
  did text NOT NULL PRIMARY KEY,
  history text NOT NULL CHECK (history <> ''),
  witnesses text NOT NULL,
  pinned_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  refused_at timestamptz,
  refusal text
);
