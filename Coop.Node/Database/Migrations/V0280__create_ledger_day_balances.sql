-- What the sweep keeps: docs/decisions/0010-balances-as-of.md. An account has a row for each day that its
-- swept postings count for; numeric, because what counts by a day may pass what was ever booked at once.
CREATE TABLE IF NOT EXISTS ledger_day_balances (
  account_id uuid NOT NULL,
  day date NOT NULL,
  balance_minor numeric NOT NULL,
  PRIMARY KEY (account_id, day)
);
