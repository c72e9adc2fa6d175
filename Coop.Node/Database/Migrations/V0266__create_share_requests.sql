-- Shares that members ask for. A row is never changed; its end is a row of its own.
CREATE TABLE IF NOT EXISTS share_requests (
  id uuid NOT NULL PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES members (id),
  unit text NOT NULL REFERENCES share_classes (unit),
  shares bigint NOT NULL CHECK (shares >= 1),
  asked_at timestamptz NOT NULL,
  event_id uuid NOT NULL
);
