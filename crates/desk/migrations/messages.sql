-- no is gap-free in a conversation. public_line says whether the contact sees it.
CREATE TABLE messages (
  id UUID PRIMARY KEY,
  conversation_id UUID NOT NULL,
  no BIGINT NOT NULL,
  kind TEXT NOT NULL,
  public_line BOOLEAN NOT NULL,
  author_kind TEXT NOT NULL,
  author_id UUID,
  body TEXT NOT NULL,
  attachment_count BIGINT NOT NULL,
  quote_id UUID,
  mentions TEXT,
  client_key TEXT,
  system_line TEXT,
  form TEXT,
  recalled_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_no ON messages (conversation_id, no);
CREATE UNIQUE INDEX messages_key ON messages (author_id, client_key) WHERE client_key IS NOT NULL;
-- What another system calls a message that it delivered.
CREATE TABLE message_sources (
  inbox_id UUID NOT NULL,
  external_id TEXT NOT NULL,
  message_id UUID NOT NULL,
  PRIMARY KEY (inbox_id, external_id)
);
CREATE TABLE mentions (
  user_id UUID NOT NULL,
  conversation_id UUID NOT NULL,
  no BIGINT NOT NULL,
  message_id UUID NOT NULL,
  seen BOOLEAN NOT NULL,
  PRIMARY KEY (user_id, conversation_id, no)
);
CREATE INDEX mentions_message ON mentions (message_id);
-- One row for a user and a conversation, kept beside mentions so that the list of mentions is one index range.
CREATE TABLE mentioned (
  user_id UUID NOT NULL,
  conversation_id UUID NOT NULL,
  unseen BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (user_id, conversation_id)
);
CREATE INDEX mentioned_at ON mentioned (user_id, at, conversation_id);
