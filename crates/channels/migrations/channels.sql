-- Keys of the organisation that are made once and kept with the data, so that tokens outlive a restart or a restore.
CREATE TABLE channel_keys (
  name TEXT PRIMARY KEY,
  secret BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
