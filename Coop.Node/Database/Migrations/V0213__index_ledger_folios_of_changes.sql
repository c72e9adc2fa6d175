CREATE INDEX IF NOT EXISTS ledger_folios_changes ON ledger_folios (folio) WHERE kind = 1;
