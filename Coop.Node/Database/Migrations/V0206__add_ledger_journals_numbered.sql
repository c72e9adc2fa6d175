-- False for journals from before there were numbers; the next step makes it true for all others.
ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS numbered boolean NOT NULL DEFAULT false
  CHECK (NOT numbered OR (number IS NOT NULL AND folio IS NOT NULL));
