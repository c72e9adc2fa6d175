CREATE TABLE IF NOT EXISTS commons_fetches (
  event_id uuid NOT NULL,
  peer_did text NOT NULL CHECK (peer_did <> ''),
  peer_name text NOT NULL,
  fetched_at timestamptz NOT NULL,
  PRIMARY KEY (event_id, peer_did)
);
