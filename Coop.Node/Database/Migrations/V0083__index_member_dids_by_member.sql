CREATE INDEX IF NOT EXISTS member_dids_by_member ON member_dids (member_id, linked_at);
