ALTER TABLE ledger_accounts ADD COLUMN IF NOT EXISTS ceiling_minor bigint CHECK (ceiling_minor >= floor_minor);
