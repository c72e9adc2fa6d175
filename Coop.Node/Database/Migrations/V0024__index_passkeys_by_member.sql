CREATE INDEX IF NOT EXISTS passkeys_by_member ON passkeys (member_id);
