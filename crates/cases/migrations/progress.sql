CREATE TABLE progress_links (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  token_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by UUID,
  opened_at BIGINT,
  revoked_at BIGINT,
  revoked_by UUID
);
CREATE UNIQUE INDEX progress_links_token ON progress_links (token_hash);
CREATE INDEX progress_links_case ON progress_links (case_id, created_at, id);
-- What customers said on the page, word for word as it came in.
CREATE TABLE progress_inputs (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  link_id UUID NOT NULL REFERENCES progress_links (id),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  answer TEXT NOT NULL,
  file_names TEXT NOT NULL,
  message_id UUID,
  at BIGINT NOT NULL
);
CREATE INDEX progress_inputs_case ON progress_inputs (case_id, at, id);
