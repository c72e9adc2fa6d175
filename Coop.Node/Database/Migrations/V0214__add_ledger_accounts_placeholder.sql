ALTER TABLE ledger_accounts ADD COLUMN IF NOT EXISTS placeholder boolean NOT NULL DEFAULT false;
