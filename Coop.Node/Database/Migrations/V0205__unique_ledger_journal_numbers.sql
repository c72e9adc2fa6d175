CREATE UNIQUE INDEX IF NOT EXISTS ledger_journals_number ON ledger_journals (number);
