CREATE INDEX IF NOT EXISTS peering_steps_to_send ON peering_steps (peering_id, number) WHERE side = 'us' AND delivered_at IS NULL;
