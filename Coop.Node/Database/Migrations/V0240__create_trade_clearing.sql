-- The account over which nettings in a unit go.
CREATE TABLE IF NOT EXISTS trade_clearing (
  unit text NOT NULL PRIMARY KEY REFERENCES ledger_units (code),
  account uuid NOT NULL REFERENCES ledger_accounts (id)
);
