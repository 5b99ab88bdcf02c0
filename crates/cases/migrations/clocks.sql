CREATE TABLE clocks (
  id UUID PRIMARY KEY,
  subject_kind TEXT NOT NULL,
  subject_id UUID NOT NULL,
  case_id UUID,
  owner_id UUID,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  terms TEXT NOT NULL,
  calendar TEXT,
  state TEXT NOT NULL,
  verdict TEXT,
  is_open BOOLEAN NOT NULL,
  is_paused BOOLEAN NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT,
  breached_at BIGINT,
  stopped_at BIGINT,
  check_at BIGINT,
  history TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX clocks_subject ON clocks (subject_id);
CREATE INDEX clocks_case ON clocks (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX clocks_calendar ON clocks (calendar, id) WHERE is_open;
