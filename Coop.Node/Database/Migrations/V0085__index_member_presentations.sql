CREATE INDEX IF NOT EXISTS member_presentations_by_member ON member_presentations (member_id, id);
