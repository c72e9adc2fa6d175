CREATE INDEX IF NOT EXISTS credentials_not_good
  ON credentials (status_list)
  WHERE revoked_at IS NOT NULL OR suspended_at IS NOT NULL;
