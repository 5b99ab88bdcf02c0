-- playbook_key and step_key are empty for tasks that people add. A task of a playbook stands once for a case.
CREATE TABLE case_tasks (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  playbook_key TEXT NOT NULL,
  step_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  stage_kind TEXT,
  required BOOLEAN NOT NULL,
  department_key TEXT,
  team_id UUID,
  assignee_id UUID,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  place BIGINT NOT NULL,
  due_at BIGINT,
  created_at BIGINT NOT NULL,
  created_by UUID,
  ended_at BIGINT,
  ended_by UUID,
  version BIGINT NOT NULL
);
CREATE INDEX case_tasks_case ON case_tasks (case_id, place, id);
CREATE UNIQUE INDEX case_tasks_step ON case_tasks (case_id, playbook_key, step_key) WHERE playbook_key <> '';
CREATE INDEX case_tasks_assignee ON case_tasks (assignee_id, state, created_at, id) WHERE assignee_id IS NOT NULL;
CREATE TABLE case_handovers (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  no BIGINT NOT NULL,
  department_key TEXT,
  team_id UUID NOT NULL,
  scope TEXT NOT NULL,
  joint BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  handler_id UUID,
  former_owner_id UUID,
  former_team_id UUID,
  due_at BIGINT,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by UUID,
  accepted_at BIGINT,
  done_at BIGINT,
  done_by UUID,
  ended_at BIGINT,
  ended_by UUID
);
CREATE UNIQUE INDEX case_handovers_case ON case_handovers (case_id, no);
CREATE INDEX case_handovers_team ON case_handovers (team_id, state, asked_at, id);
CREATE TABLE case_remedies (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  remedy_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by UUID,
  decided_at BIGINT,
  decided_by UUID
);
CREATE INDEX case_remedies_case ON case_remedies (case_id, asked_at, id);
CREATE INDEX case_remedies_state ON case_remedies (state, asked_at, id) WHERE state = 'asked';
