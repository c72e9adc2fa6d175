CREATE INDEX IF NOT EXISTS bank_lines_open ON bank_lines (account_id, id) WHERE journal_id IS NULL;
