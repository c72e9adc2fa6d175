CREATE INDEX IF NOT EXISTS bank_statements_by_day ON bank_statements (account_id, last_on, id);
