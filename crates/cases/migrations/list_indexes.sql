-- The range of an owner, a team or a category holds what lists are narrowed by, as the ranges of all cases do. Otherwise
-- the planner prefers to walk through the range of all cases, which is read without the table, to find the few of one owner.
DROP INDEX cases_owner;
DROP INDEX cases_owner_new;
DROP INDEX cases_team;
DROP INDEX cases_team_new;
DROP INDEX cases_category;
DROP INDEX cases_category_due;
DROP INDEX cases_category_priority;
CREATE INDEX cases_owner ON cases (owner_id, shelf, due_key, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, team_id);
CREATE INDEX cases_owner_new ON cases (owner_id, shelf, received_at, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, team_id);
CREATE INDEX cases_team ON cases (team_id, shelf, due_key, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, owner_id);
CREATE INDEX cases_team_new ON cases (team_id, shelf, received_at, id, type_key, category_key, severity_key, priority, state, stage_kind, clock_state, owner_id);
CREATE INDEX cases_category ON cases (category_key, shelf, received_at, id, type_key, severity_key, priority, state, stage_kind, clock_state, team_id, owner_id);
CREATE INDEX cases_category_due ON cases (category_key, shelf, due_key, id, type_key, severity_key, priority, state, stage_kind, clock_state, team_id, owner_id);
CREATE INDEX cases_category_priority ON cases (category_key, shelf, priority_rank, due_key, id, type_key, severity_key, state, stage_kind, clock_state, team_id, owner_id);
-- Of the states of a clock only those that press are rare enough for a range of their own.
DROP INDEX cases_clock;
CREATE INDEX cases_pressing ON cases (clock_state, shelf, due_key, id) WHERE clock_state IN ('soon', 'overdue');
