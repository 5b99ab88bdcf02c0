-- Tasks of all cases are listed by what is due first. due_key is set while the task is open and its case is under way, to when it
-- is due or to the end of time, so that lists never walk through what archived cases left open.
ALTER TABLE case_tasks ADD COLUMN due_key BIGINT;
UPDATE case_tasks SET due_key = COALESCE(due_at, 9223372036854775807)
  WHERE state = 'open' AND case_id IN (SELECT id FROM cases WHERE shelf = 'active');
DROP INDEX case_tasks_assignee;
CREATE INDEX case_tasks_assignee ON case_tasks (assignee_id, due_key, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX case_tasks_due ON case_tasks (due_key, id) WHERE due_key IS NOT NULL;
CREATE INDEX case_tasks_ended ON case_tasks (ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX case_remedies_state_asked ON case_remedies (state, asked_at, id);
DROP INDEX case_remedies_state;
