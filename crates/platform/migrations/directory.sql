CREATE TABLE users (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  state TEXT NOT NULL,
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  theme TEXT NOT NULL,
  preferences TEXT NOT NULL,
  avatar_attachment_id UUID,
  capacity BIGINT NOT NULL,
  totp_enabled BOOLEAN NOT NULL,
  last_seen_at BIGINT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (email_key);
CREATE INDEX users_name ON users (name_key, id);
CREATE TABLE teams (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  description TEXT NOT NULL,
  lead_id UUID REFERENCES users (id),
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX teams_name ON teams (name_key);
CREATE TABLE team_members (
  team_id UUID NOT NULL REFERENCES teams (id),
  user_id UUID NOT NULL REFERENCES users (id),
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members (user_id);
CREATE TABLE roles (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT NOT NULL,
  rights TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX roles_name ON roles (name_key);
CREATE TABLE user_roles (
  user_id UUID NOT NULL REFERENCES users (id),
  role_id UUID NOT NULL,
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_role ON user_roles (role_id);
