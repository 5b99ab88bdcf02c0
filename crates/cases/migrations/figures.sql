-- How many archived cases there are by month, type, category, severity and outcome, how many of them said how satisfied they
-- are, and the sum of that. Keys that are not known are empty. The months are those of the time zone in case_figure_zone;
-- without a row there, nothing is kept, until a job has counted what was archived before.
CREATE TABLE case_figures (
  month TEXT NOT NULL,
  type_key TEXT NOT NULL,
  category_key TEXT NOT NULL,
  severity_key TEXT NOT NULL,
  outcome TEXT NOT NULL,
  n BIGINT NOT NULL,
  rated BIGINT NOT NULL,
  score BIGINT NOT NULL,
  PRIMARY KEY (month, type_key, category_key, severity_key, outcome)
);
CREATE TABLE case_figure_zone (time_zone TEXT NOT NULL);
INSERT INTO case_figure_zone (time_zone) SELECT 'Asia/Shanghai' WHERE NOT EXISTS (SELECT id FROM cases WHERE shelf = 'archived');
-- What cannot be told from the figures is counted from this index, which holds every key that cases are grouped by.
CREATE INDEX cases_archive ON cases (received_at, type_key, category_key, severity_key, priority, source, outcome, upheld, cause_key, department_key, team_id, owner_id, satisfaction) WHERE shelf = 'archived';
