-- Plans over rings of co-ops, with what this co-op says to them and what their proposer decided.
CREATE TABLE IF NOT EXISTS trade_nettings (
  id uuid NOT NULL PRIMARY KEY,
  plan text NOT NULL,
  approval text NOT NULL CHECK (approval IN ('waiting', 'approved', 'refused')),
  decision text,
  is_over boolean NOT NULL,
  event_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
