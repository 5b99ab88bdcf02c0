CREATE TABLE conversation_numbers (name TEXT PRIMARY KEY, last_no BIGINT NOT NULL);
INSERT INTO conversation_numbers (name, last_no) VALUES ('conversation', 0);
-- shelf is the list that holds it: active, snoozed, closed, merged. active_at moves with every message; waiting_key is
-- waiting_since, or the largest number when nobody waits, so that the longest wait stands first.
CREATE TABLE conversations (
  id UUID PRIMARY KEY,
  no BIGINT NOT NULL,
  inbox_id UUID NOT NULL REFERENCES inboxes (id),
  contact_id UUID NOT NULL REFERENCES contacts (id),
  subject TEXT,
  state TEXT NOT NULL,
  shelf TEXT NOT NULL,
  snoozed_until BIGINT,
  assignee_id UUID,
  team_id UUID,
  priority TEXT NOT NULL,
  last_message_no BIGINT NOT NULL,
  contact_message_count BIGINT NOT NULL,
  last_message_id UUID,
  last_author TEXT,
  last_preview TEXT,
  last_note BOOLEAN NOT NULL,
  last_at BIGINT,
  waiting_since BIGINT,
  waiting_key BIGINT NOT NULL,
  contact_read_no BIGINT NOT NULL,
  contact_delivered_no BIGINT NOT NULL,
  agent_read_no BIGINT NOT NULL,
  assignee_unread BIGINT NOT NULL,
  merged_into UUID,
  external_ref TEXT,
  page_url TEXT,
  locale TEXT,
  custom TEXT NOT NULL,
  active_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_no ON conversations (no);
CREATE INDEX conversations_all ON conversations (shelf, active_at, id);
CREATE INDEX conversations_inbox ON conversations (inbox_id, shelf, active_at, id);
CREATE INDEX conversations_assignee ON conversations (assignee_id, shelf, active_at, id);
CREATE INDEX conversations_team ON conversations (team_id, shelf, active_at, id);
CREATE INDEX conversations_contact ON conversations (contact_id, active_at, id);
CREATE INDEX conversations_unassigned ON conversations (inbox_id, shelf, active_at, id) WHERE assignee_id IS NULL;
CREATE INDEX conversations_waiting ON conversations (shelf, waiting_key, id);
CREATE INDEX conversations_waiting_inbox ON conversations (inbox_id, shelf, waiting_key, id);
CREATE INDEX conversations_waiting_assignee ON conversations (assignee_id, shelf, waiting_key, id);
CREATE INDEX conversations_ref ON conversations (inbox_id, external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE conversation_participants (
  conversation_id UUID NOT NULL REFERENCES conversations (id),
  user_id UUID NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);
CREATE TABLE conversation_tags (
  conversation_id UUID NOT NULL REFERENCES conversations (id),
  tag_id UUID NOT NULL,
  PRIMARY KEY (conversation_id, tag_id)
);
CREATE INDEX conversation_tags_tag ON conversation_tags (tag_id, conversation_id);
-- contact_count is how many of the contact's messages the user had read with no.
CREATE TABLE conversation_reads (
  conversation_id UUID NOT NULL,
  user_id UUID NOT NULL,
  no BIGINT NOT NULL,
  contact_count BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);
CREATE TABLE conversation_views (
  conversation_id UUID NOT NULL,
  user_id UUID NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);
CREATE TABLE conversation_merges (
  source_id UUID PRIMARY KEY REFERENCES conversations (id),
  target_id UUID NOT NULL REFERENCES conversations (id),
  kept TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX conversation_merges_target ON conversation_merges (target_id);
CREATE TABLE view_counts (
  view_name TEXT NOT NULL,
  owner_id UUID NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (view_name, owner_id)
);
