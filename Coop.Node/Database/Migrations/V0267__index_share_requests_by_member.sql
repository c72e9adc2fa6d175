CREATE INDEX IF NOT EXISTS share_requests_by_member ON share_requests (member_id, id);
