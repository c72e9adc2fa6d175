CREATE INDEX IF NOT EXISTS share_holdings_by_class ON share_holdings (unit, member_id);
