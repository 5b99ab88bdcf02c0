CREATE TABLE plans (
  id UUID PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  pack TEXT NOT NULL,
  is_default BOOLEAN NOT NULL,
  active_version_id UUID,
  last_no BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX plans_key ON plans (key);
CREATE TABLE plan_versions (
  id UUID PRIMARY KEY,
  plan_id UUID NOT NULL,
  no BIGINT NOT NULL,
  state TEXT NOT NULL,
  based_on_id UUID,
  note TEXT NOT NULL,
  content TEXT NOT NULL,
  edited_by UUID,
  submitted_by UUID,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX plan_versions_no ON plan_versions (plan_id, no);
CREATE TABLE plan_steps (
  plan_version_id UUID NOT NULL,
  position BIGINT NOT NULL,
  step TEXT NOT NULL,
  user_id UUID,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (plan_version_id, position)
);
CREATE TABLE plan_evaluations (
  id UUID PRIMARY KEY,
  plan_id UUID NOT NULL,
  plan_version_id UUID,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  period_from TEXT,
  period_to TEXT,
  findings TEXT NOT NULL,
  actions TEXT NOT NULL,
  open_actions BIGINT NOT NULL,
  created_by UUID,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX plan_evaluations_plan ON plan_evaluations (plan_id, created_at, id);
