CREATE TABLE IF NOT EXISTS passkeys (
  credential_id bytea NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL CHECK (sign_count BETWEEN 0 AND 4294967295),
  transports text NOT NULL,
  user_verified boolean NOT NULL,
  backup_eligible boolean NOT NULL,
  backed_up boolean NOT NULL,
  attestation_object bytea NOT NULL,
  client_data_json bytea NOT NULL,
  name text,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
