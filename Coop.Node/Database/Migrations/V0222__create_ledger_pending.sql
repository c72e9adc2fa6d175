-- Journals that are promised and not booked. A row is never changed; its end is a row of its own.
CREATE TABLE IF NOT EXISTS ledger_pending (
  id uuid NOT NULL PRIMARY KEY,
  event_id uuid NOT NULL,
  memo text NOT NULL,
  effective_date date NOT NULL,
  reference text CHECK (reference <> ''),
  attachments bytea CHECK (length(attachments) > 0 AND length(attachments) % 32 = 0),
  reserved_at timestamptz NOT NULL,
  reserved_by uuid REFERENCES members (id),
  expires_at timestamptz CHECK (expires_at > reserved_at)
);
