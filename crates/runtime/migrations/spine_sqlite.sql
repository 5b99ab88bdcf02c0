CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id UUID NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id UUID,
  address TEXT,
  at BIGINT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX events_subject ON events (subject_id, seq);
