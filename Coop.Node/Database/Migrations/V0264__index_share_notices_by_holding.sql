CREATE INDEX IF NOT EXISTS share_notices_by_holding ON share_notices (member_id, unit);
