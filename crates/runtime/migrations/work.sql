CREATE TABLE cursors (
  name TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  failing TEXT,
  updated_at BIGINT NOT NULL
);
CREATE TABLE jobs (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL,
  dedup_key TEXT,
  state TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  max_attempts BIGINT NOT NULL,
  lease_until BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (state, run_at);
CREATE UNIQUE INDEX jobs_dedup ON jobs (kind, dedup_key);
CREATE TABLE deadlines (
  kind TEXT NOT NULL,
  subject_id UUID NOT NULL,
  due_at BIGINT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (kind, subject_id)
);
CREATE INDEX deadlines_due ON deadlines (due_at);
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder UUID NOT NULL,
  until BIGINT NOT NULL
);
CREATE TABLE idempotency_keys (
  actor TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  response TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
