-- What two co-ops owe each other in a unit, and the accounts in which these books keep it.
CREATE TABLE IF NOT EXISTS trade_positions (
  peer_did text NOT NULL REFERENCES trade_pairs (peer_did),
  unit text NOT NULL REFERENCES ledger_units (code),
  mirror_minor bigint NOT NULL,
  reserved_minor bigint NOT NULL CHECK (reserved_minor >= 0),
  promised_minor bigint NOT NULL CHECK (promised_minor >= 0),
  mirror_account uuid NOT NULL REFERENCES ledger_accounts (id),
  under_way_account uuid NOT NULL REFERENCES ledger_accounts (id),
  unassigned_account uuid NOT NULL REFERENCES ledger_accounts (id),
  PRIMARY KEY (peer_did, unit)
);
