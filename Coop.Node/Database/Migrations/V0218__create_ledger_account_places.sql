-- Accounts that have a parent or children. A parent is one step nearer to the root and of the same type, so
-- that no account can be above itself.
CREATE TABLE IF NOT EXISTS ledger_account_places (
  account_id uuid NOT NULL PRIMARY KEY,
  type text NOT NULL,
  depth bigint NOT NULL CHECK (depth BETWEEN 0 AND 8),
  parent_id uuid,
  parent_depth bigint NOT NULL,
  -- What a child refers to.
  UNIQUE (account_id, type, depth),
  CONSTRAINT ledger_account_places_of_account
    FOREIGN KEY (account_id, type) REFERENCES ledger_accounts (id, type),
  CONSTRAINT ledger_account_places_parent
    FOREIGN KEY (parent_id, type, parent_depth) REFERENCES ledger_account_places (account_id, type, depth),
  CONSTRAINT ledger_account_places_depth CHECK (depth = parent_depth + 1),
  CONSTRAINT ledger_account_places_root CHECK ((parent_id IS NULL) = (depth = 0))
);
