CREATE TABLE case_notices (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  template_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  locale TEXT NOT NULL,
  channel TEXT NOT NULL,
  conversation_id UUID,
  message_id UUID,
  told_to TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  note TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  sent_by UUID,
  sent_at BIGINT NOT NULL,
  parts TEXT NOT NULL
);
CREATE INDEX case_notices_case ON case_notices (case_id, sent_at, id);
