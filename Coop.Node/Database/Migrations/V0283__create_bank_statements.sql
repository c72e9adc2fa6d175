CREATE TABLE IF NOT EXISTS bank_statements (
  id uuid NOT NULL PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES ledger_accounts (id),
  -- SHA-256 of the file, and which statement of it: a file that comes again is known.
  file_key text NOT NULL,
  bank_id text NOT NULL,
  bank_account text NOT NULL,
  first_on date NOT NULL,
  last_on date NOT NULL,
  opening_minor bigint,
  closing_minor bigint,
  line_count bigint NOT NULL CHECK (line_count >= 0),
  duplicate_count bigint NOT NULL CHECK (duplicate_count >= 0),
  imported_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  UNIQUE (account_id, file_key)
);
