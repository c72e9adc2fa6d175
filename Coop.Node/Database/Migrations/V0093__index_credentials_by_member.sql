CREATE INDEX IF NOT EXISTS credentials_by_member ON credentials (member_id, id);
