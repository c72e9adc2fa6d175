CREATE INDEX IF NOT EXISTS patronage_records_by_member ON patronage_records (member_id, period);
