CREATE TABLE tags (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  color TEXT NOT NULL,
  use_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX tags_name ON tags (name_key);
CREATE TABLE canned_replies (
  id UUID PRIMARY KEY,
  shortcut TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  scope TEXT NOT NULL,
  team_id UUID,
  owner_id UUID NOT NULL,
  use_count BIGINT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX canned_replies_scope ON canned_replies (scope, owner_id);
CREATE TABLE drafts (
  user_id UUID NOT NULL,
  conversation_id UUID NOT NULL,
  mode TEXT NOT NULL,
  body TEXT NOT NULL,
  attachment_ids TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, conversation_id)
);
