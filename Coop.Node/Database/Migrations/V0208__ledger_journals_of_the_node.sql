-- Null where the node books by itself, e.g. what arrives from another co-op.
ALTER TABLE ledger_journals ALTER COLUMN booked_by DROP NOT NULL;
