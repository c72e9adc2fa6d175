CREATE TABLE IF NOT EXISTS surplus_lines (
  distribution_id uuid NOT NULL REFERENCES surplus_distributions (id),
  member_id uuid NOT NULL REFERENCES members (id),
  patronage_minor bigint NOT NULL CHECK (patronage_minor >= 0),
  interest_minor bigint NOT NULL CHECK (interest_minor >= 0),
  refund_minor bigint NOT NULL CHECK (refund_minor >= 0),
  account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  journal_id uuid NOT NULL REFERENCES ledger_journals (id),
  PRIMARY KEY (distribution_id, member_id)
)
