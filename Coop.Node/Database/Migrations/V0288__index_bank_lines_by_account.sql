CREATE INDEX IF NOT EXISTS bank_lines_by_account ON bank_lines (account_id, id);
