-- Which account is proposed for a line whose words contain something.
CREATE TABLE IF NOT EXISTS bank_rules (
  id uuid NOT NULL PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  contains text NOT NULL,
  counter_account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  memo text NOT NULL,
  UNIQUE (account_id, contains)
);
