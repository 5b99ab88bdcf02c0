CREATE TABLE inboxes (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  inbox_key TEXT NOT NULL,
  state TEXT NOT NULL,
  team_ids TEXT NOT NULL,
  default_team_id UUID,
  config TEXT NOT NULL,
  identity_secret TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX inboxes_key ON inboxes (inbox_key);
