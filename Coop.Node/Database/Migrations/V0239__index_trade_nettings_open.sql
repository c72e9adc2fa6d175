CREATE INDEX IF NOT EXISTS trade_nettings_open ON trade_nettings (id) WHERE NOT is_over;
