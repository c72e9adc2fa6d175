CREATE UNIQUE INDEX IF NOT EXISTS peerings_log_origin_key ON peerings (log_origin) WHERE version > 0 AND NOT ended;
