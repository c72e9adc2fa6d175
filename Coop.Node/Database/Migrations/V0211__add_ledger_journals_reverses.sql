ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS reverses uuid REFERENCES ledger_journals (id)
  CHECK (reverses <> id);
