CREATE TABLE settings (
  id BIGINT PRIMARY KEY,
  document TEXT NOT NULL,
  mail_password BYTEA,
  version BIGINT NOT NULL
);
