CREATE TABLE uploads (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  received BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  conversation_id UUID,
  owner_kind TEXT NOT NULL,
  owner_id UUID NOT NULL,
  kinds TEXT NOT NULL,
  attachment_id UUID,
  created_at BIGINT NOT NULL
);
CREATE INDEX uploads_created ON uploads (created_at);
CREATE TABLE attachments (
  id UUID PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  width BIGINT,
  height BIGINT,
  thumbnail_sha256 TEXT,
  purpose TEXT NOT NULL,
  conversation_id UUID,
  message_id UUID,
  owner_kind TEXT NOT NULL,
  owner_id UUID NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX attachments_message ON attachments (message_id);
CREATE INDEX attachments_conversation ON attachments (conversation_id, created_at);
CREATE INDEX attachments_sha256 ON attachments (sha256);
CREATE INDEX attachments_loose ON attachments (message_id, purpose, created_at);
