CREATE UNIQUE INDEX IF NOT EXISTS bank_lines_match_a_posting_once ON bank_lines (journal_id, journal_line) WHERE journal_id IS NOT NULL;
