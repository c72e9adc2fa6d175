ALTER TABLE trade_transfers ADD COLUMN IF NOT EXISTS their_word boolean;
