ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS number bigint
  CHECK (number >= 1 AND (number + 1) * 10000000 <= folio);
