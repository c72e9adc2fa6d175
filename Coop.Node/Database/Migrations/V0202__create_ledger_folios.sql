-- The journals of one transaction, or a change of the open period: docs/decisions/0009-folios.md.
-- folio = next_number * 10000000 + open_from * 10 + kind, so that one column says all that a journal needs.
CREATE TABLE IF NOT EXISTS ledger_folios (
  folio bigint NOT NULL PRIMARY KEY,
  previous bigint NOT NULL REFERENCES ledger_folios (folio),
  previous_kind bigint NOT NULL CHECK (previous_kind IN (0, 1)),
  first_number bigint NOT NULL UNIQUE,
  next_number bigint NOT NULL,
  open_before bigint NOT NULL,
  open_from bigint NOT NULL CHECK (open_from >= 0 AND open_from < 1000000),
  kind bigint NOT NULL CHECK (kind IN (0, 1)),
  written_at timestamptz NOT NULL,
  event_id uuid,
  changed_by uuid REFERENCES members (id),
  reopening_id uuid UNIQUE,
  CONSTRAINT ledger_folios_name CHECK (folio = next_number * 10000000 + open_from * 10 + kind),
  CONSTRAINT ledger_folios_follows CHECK (previous =
    CASE WHEN first_number = 0 THEN folio ELSE first_number * 10000000 + open_before * 10 + previous_kind END),
  CONSTRAINT ledger_folios_numbers CHECK (first_number >= 0 AND next_number > first_number),
  CONSTRAINT ledger_folios_first CHECK (first_number > 0 OR (next_number = 1 AND open_from = 0 AND kind = 0)),
  CONSTRAINT ledger_folios_change CHECK (
    CASE WHEN kind = 1
      THEN next_number = first_number + 1 AND open_from <> open_before AND event_id IS NOT NULL
      ELSE open_from = open_before END),
  CONSTRAINT ledger_folios_reopening_is_approved CHECK (open_from >= open_before OR reopening_id IS NOT NULL),
  CONSTRAINT ledger_folios_reopening
    FOREIGN KEY (reopening_id, open_from) REFERENCES ledger_reopening_approvals (reopening_id, open_from)
);
