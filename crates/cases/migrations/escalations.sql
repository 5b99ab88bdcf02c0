CREATE TABLE user_alerts (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL,
  kind TEXT NOT NULL,
  case_id UUID NOT NULL,
  at BIGINT NOT NULL,
  read_at BIGINT,
  params TEXT NOT NULL
);
CREATE INDEX user_alerts_user ON user_alerts (user_id, at, id);
CREATE INDEX user_alerts_unread ON user_alerts (user_id, id) WHERE read_at IS NULL;
CREATE TABLE user_alert_counts (user_id UUID PRIMARY KEY, unread BIGINT NOT NULL);
-- occasion names what a step answers to: a step of a chain for a clock, or an alarm of the plan for a case. Each is done once.
CREATE TABLE case_escalations (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  occasion TEXT NOT NULL,
  clock_id UUID,
  rule_key TEXT NOT NULL,
  step_no BIGINT NOT NULL,
  at BIGINT NOT NULL,
  done TEXT NOT NULL
);
CREATE UNIQUE INDEX case_escalations_occasion ON case_escalations (occasion);
CREATE INDEX case_escalations_case ON case_escalations (case_id, at, id);
