CREATE INDEX IF NOT EXISTS ledger_journals_by_date ON ledger_journals (effective_date, id);
