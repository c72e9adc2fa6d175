CREATE INDEX IF NOT EXISTS bank_lines_by_day ON bank_lines (account_id, booked_on);
