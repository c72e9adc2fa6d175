ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS reference text CHECK (reference <> '');
