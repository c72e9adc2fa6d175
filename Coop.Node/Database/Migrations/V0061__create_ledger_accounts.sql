CREATE TABLE IF NOT EXISTS ledger_accounts (
  id uuid NOT NULL PRIMARY KEY,
  code text,
  name text NOT NULL,
  unit text NOT NULL REFERENCES ledger_units (code),
  type text NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense')),
  owner_id uuid REFERENCES members (id),
  floor_minor bigint,
  event_id uuid NOT NULL,
  -- What a posting refers to, so that no posting can be in another unit than its account.
  UNIQUE (id, unit)
);
