CREATE INDEX IF NOT EXISTS claims_sent_by_credential ON claims_sent (credential_id) WHERE credential_id IS NOT NULL;
