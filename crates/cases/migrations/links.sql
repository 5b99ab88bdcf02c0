CREATE TABLE case_links (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  other_id UUID NOT NULL REFERENCES cases (id),
  kind TEXT NOT NULL,
  note TEXT NOT NULL,
  at BIGINT NOT NULL,
  linked_by UUID
);
CREATE UNIQUE INDEX case_links_pair ON case_links (case_id, other_id, kind);
CREATE INDEX case_links_other ON case_links (other_id);
-- conversations lists what the target got by the merge, so that undoing it takes back just that.
CREATE TABLE case_merges (
  id UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES cases (id),
  into_id UUID NOT NULL REFERENCES cases (id),
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  merged_by UUID,
  undone_at BIGINT,
  undone_by UUID,
  conversations TEXT NOT NULL
);
CREATE INDEX case_merges_case ON case_merges (case_id, at, id);
CREATE INDEX case_merges_into ON case_merges (into_id, at, id);
CREATE TABLE case_groups (
  id UUID PRIMARY KEY,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by UUID,
  version BIGINT NOT NULL,
  representatives TEXT NOT NULL
);
