ALTER TABLE trade_transfers ADD COLUMN IF NOT EXISTS netting_id uuid;
