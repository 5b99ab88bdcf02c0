-- What a version of a plan would have meant for the cases of a period: asked for by a person, reckoned by a job.
CREATE TABLE plan_replays (
  id UUID PRIMARY KEY,
  plan_version_id UUID NOT NULL,
  period_from BIGINT NOT NULL,
  period_to BIGINT NOT NULL,
  type_key TEXT,
  category_key TEXT,
  state TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  error TEXT,
  result TEXT,
  asked_by UUID,
  asked_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX plan_replays_version ON plan_replays (plan_version_id, asked_at, id);
CREATE INDEX plan_replays_asked ON plan_replays (asked_at);
