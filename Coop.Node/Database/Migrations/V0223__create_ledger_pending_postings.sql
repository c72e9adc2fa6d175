-- As ledger_postings: a ring sums to zero.
CREATE TABLE IF NOT EXISTS ledger_pending_postings (
  pending_id uuid NOT NULL REFERENCES ledger_pending (id),
  line bigint NOT NULL,
  line_count bigint NOT NULL,
  next_line bigint NOT NULL,
  account_id uuid NOT NULL,
  unit text NOT NULL,
  next_unit text NOT NULL,
  sum_before bigint NOT NULL,
  amount_minor bigint NOT NULL,
  sum_after bigint NOT NULL,
  PRIMARY KEY (pending_id, line),
  UNIQUE (pending_id, line, line_count, unit, sum_before),
  CONSTRAINT ledger_pending_postings_in_account_unit
    FOREIGN KEY (account_id, unit) REFERENCES ledger_accounts (id, unit),
  CONSTRAINT ledger_pending_postings_ring
    FOREIGN KEY (pending_id, next_line, line_count, next_unit, sum_after)
    REFERENCES ledger_pending_postings (pending_id, line, line_count, unit, sum_before),
  CONSTRAINT ledger_pending_postings_line CHECK (line >= 1 AND line <= line_count),
  CONSTRAINT ledger_pending_postings_next
    CHECK (next_line = CASE WHEN line = line_count THEN 1 ELSE line + 1 END),
  CONSTRAINT ledger_pending_postings_amount CHECK (amount_minor <> 0),
  CONSTRAINT ledger_pending_postings_sum CHECK (sum_after = sum_before + amount_minor),
  CONSTRAINT ledger_pending_postings_unit_closes CHECK (next_unit = unit OR sum_after = 0),
  CONSTRAINT ledger_pending_postings_first CHECK (line > 1 OR sum_before = 0)
);
