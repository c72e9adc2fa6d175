CREATE UNIQUE INDEX IF NOT EXISTS member_dids_one_member
  ON member_dids (did)
  WHERE unlinked_at IS NULL;
