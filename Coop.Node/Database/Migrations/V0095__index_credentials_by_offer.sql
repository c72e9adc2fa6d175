CREATE INDEX IF NOT EXISTS credentials_by_offer ON credentials (offer_id) WHERE offer_id IS NOT NULL;
