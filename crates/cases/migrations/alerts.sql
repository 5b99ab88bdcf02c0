-- What users are told is no longer about cases alone: a conversation without a case, or a version of a plan.
CREATE TABLE user_alerts_new (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL,
  kind TEXT NOT NULL,
  case_id UUID,
  conversation_id UUID,
  plan_id UUID,
  plan_version_id UUID,
  at BIGINT NOT NULL,
  read_at BIGINT,
  params TEXT NOT NULL
);
INSERT INTO user_alerts_new (id, user_id, kind, case_id, at, read_at, params)
  SELECT id, user_id, kind, case_id, at, read_at, params FROM user_alerts;
DROP TABLE user_alerts;
ALTER TABLE user_alerts_new RENAME TO user_alerts;
CREATE INDEX user_alerts_user ON user_alerts (user_id, at, id);
CREATE INDEX user_alerts_unread ON user_alerts (user_id, id) WHERE read_at IS NULL;
