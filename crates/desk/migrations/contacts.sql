CREATE TABLE contacts (
  id UUID PRIMARY KEY,
  name TEXT,
  name_key TEXT NOT NULL,
  search_key TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  note TEXT NOT NULL,
  locale TEXT,
  time_zone TEXT,
  organization TEXT,
  attributes TEXT NOT NULL,
  blocked BOOLEAN NOT NULL,
  last_seen_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX contacts_name ON contacts (name_key, id);
CREATE INDEX contacts_seen ON contacts (last_seen_at, id);
CREATE INDEX contacts_created ON contacts (created_at, id);
-- scope is the inbox of a visitor and empty for identities that hold everywhere; NULL would never be unique.
CREATE TABLE contact_identities (
  id UUID PRIMARY KEY,
  contact_id UUID NOT NULL REFERENCES contacts (id),
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  value_key TEXT NOT NULL,
  scope TEXT NOT NULL,
  inbox_id UUID,
  verified BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contact_identities_value ON contact_identities (kind, value_key, scope);
CREATE INDEX contact_identities_contact ON contact_identities (contact_id);
CREATE TABLE contact_tags (
  contact_id UUID NOT NULL REFERENCES contacts (id),
  tag_id UUID NOT NULL,
  PRIMARY KEY (contact_id, tag_id)
);
CREATE INDEX contact_tags_tag ON contact_tags (tag_id);
CREATE TABLE contact_tracks (
  id UUID PRIMARY KEY,
  contact_id UUID NOT NULL REFERENCES contacts (id),
  name TEXT NOT NULL,
  properties TEXT NOT NULL,
  page_url TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX contact_tracks_contact ON contact_tracks (contact_id, at, id);
