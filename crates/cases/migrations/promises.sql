CREATE TABLE promises (
  id UUID PRIMARY KEY,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  owner_id UUID NOT NULL,
  case_id UUID,
  conversation_id UUID,
  message_id UUID,
  clock_id UUID NOT NULL,
  created_by UUID NOT NULL,
  promised_at BIGINT NOT NULL,
  done_at BIGINT,
  reason TEXT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX promises_owner ON promises (owner_id, id);
CREATE INDEX promises_case ON promises (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX promises_conversation ON promises (conversation_id, id) WHERE conversation_id IS NOT NULL;
