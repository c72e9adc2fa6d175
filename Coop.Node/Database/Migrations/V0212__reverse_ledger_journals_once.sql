CREATE UNIQUE INDEX IF NOT EXISTS ledger_journals_reverses ON ledger_journals (reverses);
