-- The primary key is what makes it one vote a member. There are no foreign keys: they would lock
-- the one proposal row once a vote, and the only statement that writes here reads both parents.
CREATE TABLE IF NOT EXISTS votes (
  proposal_id uuid NOT NULL,
  member_id uuid NOT NULL,
  choice text NOT NULL CHECK (choice IN ('yes', 'no', 'abstain')),
  cast_at timestamptz NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (proposal_id, member_id)
);
