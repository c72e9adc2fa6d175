CREATE TABLE IF NOT EXISTS share_notice_ends (
  notice_id uuid NOT NULL PRIMARY KEY REFERENCES share_notices (id),
  outcome text NOT NULL CHECK (outcome IN ('redeemed', 'withdrawn')),
  journal_id uuid,
  event_id uuid NOT NULL,
  ended_at timestamptz NOT NULL,
  CHECK ((outcome = 'redeemed') = (journal_id IS NOT NULL))
);
