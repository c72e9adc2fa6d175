CREATE TABLE IF NOT EXISTS share_request_ends (
  request_id uuid NOT NULL PRIMARY KEY REFERENCES share_requests (id),
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
  reason text NOT NULL,
  journal_id uuid,
  event_id uuid NOT NULL,
  ended_at timestamptz NOT NULL,
  CHECK ((outcome = 'accepted') = (journal_id IS NOT NULL))
);
