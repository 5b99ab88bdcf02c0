CREATE TABLE case_numbers (name TEXT PRIMARY KEY, last_no BIGINT NOT NULL);
INSERT INTO case_numbers (name, last_no) VALUES ('case', 10000);
-- shelf is the list that holds it: active, archived, merged. due_key is next_due_at, or the largest number when nothing is
-- due, so that what is due first stands first. priority_rank counts from 0, the most urgent first. Long texts lie at the
-- end of the row, where lists do not read them.
CREATE TABLE cases (
  id UUID PRIMARY KEY,
  no BIGINT NOT NULL,
  type_key TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  shelf TEXT NOT NULL,
  stage_key TEXT,
  stage_kind TEXT,
  stage_no BIGINT NOT NULL,
  stage_since BIGINT,
  plan_version_id UUID NOT NULL,
  category_key TEXT,
  severity_key TEXT,
  urgency_key TEXT,
  difficulty_key TEXT,
  priority TEXT NOT NULL,
  priority_rank BIGINT NOT NULL,
  source TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  contact_id UUID,
  owner_id UUID,
  team_id UUID,
  department_key TEXT,
  next_due_at BIGINT,
  due_key BIGINT NOT NULL,
  clock_state TEXT NOT NULL,
  waiting_since BIGINT,
  group_id UUID,
  parent_id UUID,
  merged_into UUID,
  decision TEXT,
  solvable_at_once BOOLEAN,
  demand TEXT,
  cause_key TEXT,
  upheld TEXT,
  outcome TEXT,
  satisfaction BIGINT,
  reopened_count BIGINT NOT NULL,
  reopened_at BIGINT,
  external_ref TEXT,
  created_by UUID,
  updated_at BIGINT NOT NULL,
  archived_at BIGINT,
  version BIGINT NOT NULL,
  search_key TEXT NOT NULL,
  complainant TEXT NOT NULL,
  custom TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE UNIQUE INDEX cases_no ON cases (no);
CREATE INDEX cases_due ON cases (shelf, due_key, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, team_id, owner_id);
CREATE INDEX cases_new ON cases (shelf, received_at, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, team_id, owner_id);
CREATE INDEX cases_priority ON cases (shelf, priority_rank, due_key, id, type_key, category_key, severity_key, state, stage_kind, clock_state, team_id, owner_id);
CREATE INDEX cases_archived ON cases (shelf, archived_at, id, type_key, category_key, severity_key, outcome, team_id, owner_id);
CREATE INDEX cases_owner ON cases (owner_id, shelf, due_key, id);
CREATE INDEX cases_owner_new ON cases (owner_id, shelf, received_at, id);
CREATE INDEX cases_team ON cases (team_id, shelf, due_key, id);
CREATE INDEX cases_team_new ON cases (team_id, shelf, received_at, id);
CREATE INDEX cases_unowned ON cases (team_id, shelf, due_key, id) WHERE owner_id IS NULL;
CREATE INDEX cases_clock ON cases (clock_state, shelf, due_key, id);
CREATE INDEX cases_category ON cases (category_key, shelf, received_at, id);
CREATE INDEX cases_contact ON cases (contact_id, received_at, id);
CREATE INDEX cases_group ON cases (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX cases_parent ON cases (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX cases_ref ON cases (external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE case_stages (
  case_id UUID NOT NULL REFERENCES cases (id),
  no BIGINT NOT NULL,
  stage_key TEXT NOT NULL,
  stage_kind TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  done_at BIGINT,
  done_by UUID,
  ending TEXT,
  reason TEXT,
  PRIMARY KEY (case_id, no)
);
CREATE TABLE case_waits (
  case_id UUID NOT NULL REFERENCES cases (id),
  no BIGINT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  begun_by UUID,
  ended_at BIGINT,
  ended_by UUID,
  ending TEXT,
  PRIMARY KEY (case_id, no)
);
CREATE TABLE case_conversations (
  case_id UUID NOT NULL REFERENCES cases (id),
  conversation_id UUID NOT NULL,
  linked_at BIGINT NOT NULL,
  linked_by UUID,
  PRIMARY KEY (case_id, conversation_id)
);
CREATE INDEX case_conversations_conversation ON case_conversations (conversation_id, case_id);
CREATE TABLE case_people (
  case_id UUID NOT NULL REFERENCES cases (id),
  user_id UUID NOT NULL,
  role TEXT NOT NULL,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (case_id, user_id, role)
);
CREATE INDEX case_people_user ON case_people (user_id, role, case_id);
CREATE TABLE case_teams (
  case_id UUID NOT NULL REFERENCES cases (id),
  team_id UUID NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (case_id, team_id)
);
CREATE INDEX case_teams_team ON case_teams (team_id, case_id);
CREATE TABLE case_tags (
  case_id UUID NOT NULL REFERENCES cases (id),
  tag_id UUID NOT NULL,
  PRIMARY KEY (case_id, tag_id)
);
CREATE INDEX case_tags_tag ON case_tags (tag_id, case_id);
CREATE TABLE case_evidence (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  attachment_id UUID NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  note TEXT NOT NULL,
  given_by TEXT NOT NULL,
  conversation_id UUID,
  message_id UUID,
  added_at BIGINT NOT NULL,
  added_by_kind TEXT NOT NULL,
  added_by UUID,
  removed_at BIGINT,
  removed_by UUID,
  removal_reason TEXT
);
CREATE INDEX case_evidence_case ON case_evidence (case_id, added_at, id);
CREATE INDEX case_evidence_attachment ON case_evidence (attachment_id);
-- What other slices keep about a case that stages ask for: how many there are, by kind of stage where that matters.
CREATE TABLE case_tallies (
  case_id UUID NOT NULL REFERENCES cases (id),
  what TEXT NOT NULL,
  stage_kind TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (case_id, what, stage_kind)
);
CREATE TABLE case_view_counts (
  view_name TEXT NOT NULL,
  owner_id UUID NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (view_name, owner_id)
);
