CREATE TABLE IF NOT EXISTS log_witnessed (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  size bigint NOT NULL,
  note text NOT NULL
);
