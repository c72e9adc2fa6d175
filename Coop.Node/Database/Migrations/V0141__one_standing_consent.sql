CREATE UNIQUE INDEX IF NOT EXISTS claim_consents_one_standing
  ON claim_consents (member_id, peer_did, kind)
  WHERE withdrawn_at IS NULL;
