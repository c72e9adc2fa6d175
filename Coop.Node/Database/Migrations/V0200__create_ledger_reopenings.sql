-- Somebody asks that a closed period be opened again: docs/decisions/0009-folios.md.
CREATE TABLE IF NOT EXISTS ledger_reopenings (
  id uuid NOT NULL PRIMARY KEY,
  open_from bigint NOT NULL,
  reason text NOT NULL,
  requested_by uuid NOT NULL REFERENCES members (id),
  requested_as text NOT NULL CHECK (requested_as IN ('admin', 'treasurer')),
  requested_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  -- What an approval refers to.
  UNIQUE (id, open_from, requested_by, requested_as)
);
