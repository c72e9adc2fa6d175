ALTER TABLE ledger_balances ADD COLUMN IF NOT EXISTS pending_debit_minor bigint NOT NULL DEFAULT 0
  CHECK (pending_debit_minor >= 0);
