CREATE INDEX IF NOT EXISTS ledger_accounts_owner ON ledger_accounts (owner_id, id);
