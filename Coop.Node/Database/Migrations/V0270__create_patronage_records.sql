-- What members, and others, did with the co-op in a period. Nothing is changed; a mistake is taken back by a
-- record of the opposite amount.
CREATE TABLE IF NOT EXISTS patronage_records (
  id uuid NOT NULL PRIMARY KEY,
  period text NOT NULL CHECK (period <> ''),
  record_key text NOT NULL CHECK (record_key <> ''),
  -- Null for business with somebody who is no member.
  member_id uuid REFERENCES members (id),
  kind text NOT NULL CHECK (kind <> ''),
  unit text NOT NULL REFERENCES ledger_units (code),
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  recorded_at timestamptz NOT NULL,
  recorded_by uuid NOT NULL REFERENCES members (id),
  event_id uuid NOT NULL,
  UNIQUE (period, record_key)
)
