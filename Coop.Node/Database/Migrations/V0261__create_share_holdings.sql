-- Where a member's shares of a class, and what was paid in on them, are kept in the books.
CREATE TABLE IF NOT EXISTS share_holdings (
  member_id uuid NOT NULL REFERENCES members (id),
  unit text NOT NULL REFERENCES share_classes (unit),
  share_account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  capital_account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  PRIMARY KEY (member_id, unit)
);
