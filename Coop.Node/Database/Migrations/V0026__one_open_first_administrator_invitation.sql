CREATE UNIQUE INDEX IF NOT EXISTS invitations_one_open_first_administrator
  ON invitations (first_administrator)
  WHERE first_administrator AND used_at IS NULL AND revoked_at IS NULL;
