CREATE TABLE IF NOT EXISTS ledger_journals (
  id uuid NOT NULL PRIMARY KEY,
  event_id uuid NOT NULL,
  memo text NOT NULL,
  effective_date date NOT NULL,
  booked_at timestamptz NOT NULL,
  booked_by uuid NOT NULL REFERENCES members (id)
);
