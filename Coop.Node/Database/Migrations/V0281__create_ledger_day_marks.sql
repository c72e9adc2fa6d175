-- Up to which posting of the account its rows in ledger_day_balances go.
CREATE TABLE IF NOT EXISTS ledger_day_marks (
  account_id uuid NOT NULL PRIMARY KEY,
  swept_seq bigint NOT NULL CHECK (swept_seq >= 0)
);
