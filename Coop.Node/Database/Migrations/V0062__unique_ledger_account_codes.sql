CREATE UNIQUE INDEX IF NOT EXISTS ledger_accounts_code ON ledger_accounts (code)
WHERE code IS NOT NULL;
