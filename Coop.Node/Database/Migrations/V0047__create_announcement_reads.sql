-- The member leads the key: what is asked for is always one member's reads.
CREATE TABLE IF NOT EXISTS announcement_reads (
  member_id uuid NOT NULL REFERENCES members (id),
  announcement_id uuid NOT NULL REFERENCES announcements (id),
  read_at timestamptz NOT NULL,
  PRIMARY KEY (member_id, announcement_id)
);
