CREATE TABLE IF NOT EXISTS ledger_pending_ends (
  pending_id uuid NOT NULL PRIMARY KEY REFERENCES ledger_pending (id),
  outcome text NOT NULL CHECK (outcome IN ('posted', 'voided', 'expired')),
  journal_id uuid UNIQUE REFERENCES ledger_journals (id),
  event_id uuid NOT NULL,
  ended_at timestamptz NOT NULL,
  ended_by uuid REFERENCES members (id),
  CONSTRAINT ledger_pending_ends_in_a_journal CHECK ((outcome = 'posted') = (journal_id IS NOT NULL))
);
