CREATE INDEX IF NOT EXISTS claims_received_held ON claims_received (retain_until) WHERE body IS NOT NULL;
