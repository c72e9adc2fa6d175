CREATE TABLE IF NOT EXISTS peering_blocks (
  did text NOT NULL PRIMARY KEY,
  blocked_at timestamptz NOT NULL,
  event_id uuid NOT NULL
);
