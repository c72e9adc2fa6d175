CREATE INDEX IF NOT EXISTS ledger_account_places_children ON ledger_account_places (parent_id, account_id);
