-- One for a period and a unit: what is distributed once is not distributed again.
CREATE TABLE IF NOT EXISTS surplus_distributions (
  id uuid NOT NULL PRIMARY KEY,
  period text NOT NULL CHECK (period <> ''),
  unit text NOT NULL REFERENCES ledger_units (code),
  first_day date NOT NULL,
  last_day date NOT NULL,
  reserve_basis_points bigint NOT NULL CHECK (reserve_basis_points BETWEEN 0 AND 10000),
  interest_basis_points bigint NOT NULL CHECK (interest_basis_points BETWEEN 0 AND 10000),
  surplus_minor bigint NOT NULL CHECK (surplus_minor > 0),
  non_member_minor bigint NOT NULL CHECK (non_member_minor >= 0),
  reserve_minor bigint NOT NULL CHECK (reserve_minor >= 0),
  interest_minor bigint NOT NULL CHECK (interest_minor >= 0),
  refund_minor bigint NOT NULL CHECK (refund_minor >= 0),
  plan_hash bytea NOT NULL CHECK (length(plan_hash) = 32),
  distributed_at timestamptz NOT NULL,
  distributed_by uuid NOT NULL REFERENCES members (id),
  event_id uuid NOT NULL,
  UNIQUE (period, unit),
  CONSTRAINT surplus_distributions_adds_up
    CHECK (surplus_minor = non_member_minor + reserve_minor + interest_minor + refund_minor)
)
