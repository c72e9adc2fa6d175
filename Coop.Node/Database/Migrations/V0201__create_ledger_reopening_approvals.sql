-- Another person in the other role agrees.
CREATE TABLE IF NOT EXISTS ledger_reopening_approvals (
  reopening_id uuid NOT NULL PRIMARY KEY,
  open_from bigint NOT NULL,
  requested_by uuid NOT NULL,
  requested_as text NOT NULL,
  approved_by uuid NOT NULL REFERENCES members (id),
  approved_as text NOT NULL CHECK (approved_as IN ('admin', 'treasurer')),
  approved_at timestamptz NOT NULL,
  -- What the folio of a reopening refers to.
  UNIQUE (reopening_id, open_from),
  CONSTRAINT ledger_reopening_approvals_of_request
    FOREIGN KEY (reopening_id, open_from, requested_by, requested_as)
    REFERENCES ledger_reopenings (id, open_from, requested_by, requested_as),
  CONSTRAINT ledger_reopening_approvals_two_people CHECK (approved_by <> requested_by),
  CONSTRAINT ledger_reopening_approvals_two_roles CHECK (approved_as <> requested_as)
);
