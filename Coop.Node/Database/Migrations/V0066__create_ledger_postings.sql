-- The lines of a journal form a ring, and a ring sums to zero: docs/decisions/0004-zero-sum.md.
CREATE TABLE IF NOT EXISTS ledger_postings (
  journal_id uuid NOT NULL REFERENCES ledger_journals (id),
  line bigint NOT NULL,
  line_count bigint NOT NULL,
  next_line bigint NOT NULL,
  account_id uuid NOT NULL,
  unit text NOT NULL,
  next_unit text NOT NULL,
  sum_before bigint NOT NULL,
  amount_minor bigint NOT NULL,
  sum_after bigint NOT NULL,
  account_seq bigint NOT NULL,
  balance_after bigint NOT NULL,
  PRIMARY KEY (journal_id, line),
  -- The history of an account; its running balance comes with each row.
  UNIQUE (account_id, account_seq),
  -- What the line before refers to.
  UNIQUE (journal_id, line, line_count, unit, sum_before),
  CONSTRAINT ledger_postings_in_account_unit
    FOREIGN KEY (account_id, unit) REFERENCES ledger_accounts (id, unit),
  CONSTRAINT ledger_postings_ring
    FOREIGN KEY (journal_id, next_line, line_count, next_unit, sum_after)
    REFERENCES ledger_postings (journal_id, line, line_count, unit, sum_before),
  CONSTRAINT ledger_postings_line CHECK (line >= 1 AND line <= line_count),
  CONSTRAINT ledger_postings_next
    CHECK (next_line = CASE WHEN line = line_count THEN 1 ELSE line + 1 END),
  CONSTRAINT ledger_postings_amount CHECK (amount_minor <> 0),
  CONSTRAINT ledger_postings_sum CHECK (sum_after = sum_before + amount_minor),
  CONSTRAINT ledger_postings_unit_closes CHECK (next_unit = unit OR sum_after = 0),
  CONSTRAINT ledger_postings_first CHECK (line > 1 OR sum_before = 0),
  CONSTRAINT ledger_postings_account_seq CHECK (account_seq >= 1)
);
