CREATE TABLE credentials (
  user_id UUID PRIMARY KEY REFERENCES users (id),
  password_hash TEXT,
  totp_secret BYTEA,
  totp_pending BYTEA,
  totp_last_step BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE TABLE recovery_codes (
  user_id UUID NOT NULL REFERENCES users (id),
  code_hash BYTEA NOT NULL,
  PRIMARY KEY (user_id, code_hash)
);
CREATE TABLE sessions (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  token_hash BYTEA NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  remember BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_user ON sessions (user_id, id);
CREATE TABLE api_tokens (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  token_hash BYTEA NOT NULL,
  scopes TEXT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX api_tokens_token ON api_tokens (token_hash);
CREATE INDEX api_tokens_user ON api_tokens (user_id, id);
CREATE TABLE invitations (
  id UUID PRIMARY KEY,
  token_hash BYTEA NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT,
  role_ids TEXT NOT NULL,
  team_ids TEXT NOT NULL,
  created_by UUID NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  mailed BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_email ON invitations (email_key);
CREATE TABLE password_resets (
  user_id UUID PRIMARY KEY REFERENCES users (id),
  token_hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX password_resets_token ON password_resets (token_hash);
CREATE TABLE presence (
  user_id UUID PRIMARY KEY REFERENCES users (id),
  chosen TEXT NOT NULL,
  reason TEXT,
  status TEXT NOT NULL,
  since BIGINT NOT NULL,
  connected BOOLEAN NOT NULL
);
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  event_seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id UUID,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id UUID NOT NULL,
  detail TEXT NOT NULL,
  address TEXT,
  hash BYTEA NOT NULL
);
CREATE INDEX audit_at ON audit (at, seq);
CREATE INDEX audit_actor ON audit (actor_id, seq);
CREATE INDEX audit_subject ON audit (subject_id, seq);
CREATE INDEX audit_action ON audit (action, seq);
CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);
