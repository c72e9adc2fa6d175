CREATE TABLE IF NOT EXISTS member_roles (
  member_id uuid NOT NULL REFERENCES members (id),
  role text NOT NULL
    CHECK (role IN ('admin', 'secretary', 'treasurer', 'auditor', 'member', 'guest')),
  granted_at timestamptz NOT NULL,
  PRIMARY KEY (member_id, role)
);
