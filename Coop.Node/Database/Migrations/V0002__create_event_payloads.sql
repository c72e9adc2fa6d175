CREATE TABLE IF NOT EXISTS event_payloads (
  event_id uuid NOT NULL PRIMARY KEY,
  actor text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('private', 'members', 'public')),
  salt bytea NOT NULL,
  payload text NOT NULL
);
