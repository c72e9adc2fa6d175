-- What has not ended: a list to work from, whose rows go when an end comes.
CREATE TABLE IF NOT EXISTS ledger_pending_open (
  pending_id uuid NOT NULL PRIMARY KEY REFERENCES ledger_pending (id),
  expires_at timestamptz
);
