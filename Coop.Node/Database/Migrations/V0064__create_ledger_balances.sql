CREATE TABLE IF NOT EXISTS ledger_balances (
  account_id uuid NOT NULL PRIMARY KEY REFERENCES ledger_accounts (id),
  balance_minor bigint NOT NULL,
  posting_count bigint NOT NULL CHECK (posting_count >= 0)
);
