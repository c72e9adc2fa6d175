CREATE UNIQUE INDEX IF NOT EXISTS claims_sent_status_entry
  ON claims_sent (status_list, status_index)
  WHERE status_list IS NOT NULL;
