ALTER TABLE trade_transfers ADD COLUMN IF NOT EXISTS our_word boolean;
