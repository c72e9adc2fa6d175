ALTER TABLE evidence ADD COLUMN IF NOT EXISTS choice bigint;
