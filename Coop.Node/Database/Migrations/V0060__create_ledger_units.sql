CREATE TABLE IF NOT EXISTS ledger_units (
  code text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  scale bigint NOT NULL CHECK (scale BETWEEN 0 AND 9),
  kind text NOT NULL CHECK (kind IN ('money', 'hours', 'shares', 'other')),
  event_id uuid NOT NULL
);
