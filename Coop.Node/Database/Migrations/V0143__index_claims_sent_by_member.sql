CREATE INDEX IF NOT EXISTS claims_sent_by_member ON claims_sent (member_id, id) WHERE member_id IS NOT NULL;
