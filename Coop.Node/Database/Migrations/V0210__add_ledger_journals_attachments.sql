-- SHA-256 hashes of documents that are kept elsewhere, one after another.
ALTER TABLE ledger_journals ADD COLUMN IF NOT EXISTS attachments bytea
  CHECK (length(attachments) > 0 AND length(attachments) % 32 = 0);
