-- What an account's place in the tree refers to.
CREATE UNIQUE INDEX IF NOT EXISTS ledger_accounts_type ON ledger_accounts (id, type);
