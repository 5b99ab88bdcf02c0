CREATE TABLE calendars (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  definition TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX calendars_name ON calendars (name_key);
CREATE TABLE arrangements (
  region TEXT NOT NULL,
  year BIGINT NOT NULL,
  days TEXT NOT NULL,
  source TEXT NOT NULL,
  loaded_by UUID,
  loaded_at BIGINT NOT NULL,
  PRIMARY KEY (region, year)
);
CREATE TABLE calendar_state (
  id BIGINT PRIMARY KEY,
  revision TEXT NOT NULL,
  default_calendar TEXT NOT NULL,
  version BIGINT NOT NULL
);
INSERT INTO calendar_state (id, revision, default_calendar, version) VALUES (1, '', 'cn-workday', 1);
