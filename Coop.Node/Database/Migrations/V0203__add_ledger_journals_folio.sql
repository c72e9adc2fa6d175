-- No journal counts for a day that was closed when it was booked: docs/decisions/0009-folios.md.
ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS folio bigint REFERENCES ledger_folios (folio)
  CHECK (folio % 10 = 0 AND (effective_date - DATE '1900-01-01') * 10 >= folio % 10000000);
