-- What a bank says, and the posting that it was matched with.
CREATE TABLE IF NOT EXISTS bank_lines (
  id uuid NOT NULL PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  statement_id uuid NOT NULL REFERENCES bank_statements (id),
  line_key text NOT NULL,
  booked_on date NOT NULL,
  value_on date NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  bank_reference text NOT NULL,
  reference text NOT NULL,
  counterparty text NOT NULL,
  words text NOT NULL,
  journal_id uuid,
  journal_line bigint,
  -- A line that is in several files is there once.
  UNIQUE (account_id, line_key),
  CONSTRAINT bank_lines_posting FOREIGN KEY (journal_id, journal_line) REFERENCES ledger_postings (journal_id, line),
  CONSTRAINT bank_lines_matched CHECK ((journal_id IS NULL) = (journal_line IS NULL))
);
