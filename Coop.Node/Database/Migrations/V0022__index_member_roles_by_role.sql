CREATE INDEX IF NOT EXISTS member_roles_by_role ON member_roles (role, member_id);
