-- A class of shares is its unit; its terms are fixed at its creation.
CREATE TABLE IF NOT EXISTS share_classes (
  unit text NOT NULL PRIMARY KEY REFERENCES ledger_units (code),
  money_unit text NOT NULL REFERENCES ledger_units (code),
  par_minor bigint NOT NULL CHECK (par_minor >= 1),
  votes boolean NOT NULL,
  notice_days bigint NOT NULL CHECK (notice_days >= 0),
  issued_account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  event_id uuid NOT NULL
);
