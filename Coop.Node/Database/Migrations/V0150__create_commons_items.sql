CREATE TABLE IF NOT EXISTS commons_items (
  id uuid NOT NULL PRIMARY KEY,
  event_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('event', 'dataset')),
  title text NOT NULL CHECK (title <> ''),
  media_type text NOT NULL,
  size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
  hash bytea NOT NULL,
  audience text[],
  shared_at timestamptz NOT NULL,
  shared_event uuid NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_event uuid,
  CONSTRAINT commons_items_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_event IS NULL))
);
