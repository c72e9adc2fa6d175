CREATE TABLE IF NOT EXISTS history_choices (
  origin text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  choice text NOT NULL CHECK (choice IN ('kept', 'served')),
  history bigint NOT NULL CHECK (history >= 0),
  peering_id uuid NOT NULL REFERENCES peerings (id),
  step bigint NOT NULL,
  PRIMARY KEY (origin, number)
);
