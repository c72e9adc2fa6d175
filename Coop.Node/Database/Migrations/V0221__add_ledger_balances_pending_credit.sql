ALTER TABLE ledger_balances ADD COLUMN IF NOT EXISTS pending_credit_minor bigint NOT NULL DEFAULT 0
  CHECK (pending_credit_minor >= 0);
