ALTER TABLE ledger_accounts ADD COLUMN IF NOT EXISTS closed boolean NOT NULL DEFAULT false;
