-- Notices on shares. A row is never changed; its end is a row of its own.
CREATE TABLE IF NOT EXISTS share_notices (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL,
  unit text NOT NULL,
  shares bigint NOT NULL CHECK (shares >= 1),
  given_at timestamptz NOT NULL,
  due_on date NOT NULL,
  event_id uuid NOT NULL,
  FOREIGN KEY (member_id, unit) REFERENCES share_holdings (member_id, unit)
);
