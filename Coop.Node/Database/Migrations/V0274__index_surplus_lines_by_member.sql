CREATE INDEX IF NOT EXISTS surplus_lines_by_member ON surplus_lines (member_id, distribution_id);
