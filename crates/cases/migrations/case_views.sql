-- What somebody looks for again and again: filters, columns, order. Shared ones are seen by everybody.
CREATE TABLE case_saved_views (
  id UUID PRIMARY KEY,
  owner_id UUID NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  shared BOOLEAN NOT NULL,
  filters TEXT NOT NULL,
  columns TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX case_saved_views_owner ON case_saved_views (owner_id, name_key, id);
CREATE INDEX case_saved_views_shared ON case_saved_views (shared, name_key, id);
-- What a change of many cases at once replaced, so that it can be undone.
CREATE TABLE case_bulk_undos (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL,
  at BIGINT NOT NULL,
  steps TEXT NOT NULL
);
CREATE INDEX case_bulk_undos_at ON case_bulk_undos (at);
CREATE INDEX cases_category_due ON cases (category_key, shelf, due_key, id);
CREATE INDEX cases_category_priority ON cases (category_key, shelf, priority_rank, due_key, id);
