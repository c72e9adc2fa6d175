ALTER TABLE ledger_journals ALTER COLUMN numbered SET DEFAULT true;
