//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{Direction, List, Tx, Value, params};

use super::{
    lists::ListState,
    model::{Task, TaskId, TaskState},
};
use crate::cases::Stored as _;
use crate::cases::{
    CaseId,
    store::{Condition, insert_into, of_team, owned_by},
};

fn select(rest: &str) -> String {
    format!("SELECT {} FROM case_tasks {rest}", Task::COLUMNS.join(", "))
}

/// By what an open task of a case under way is listed.
fn listed(task: &Task) -> Option<i64> {
    (task.state == TaskState::Open).then(|| due_key(task))
}

/// Keeps a task.
pub(super) async fn insert(tx: &Tx<'_>, task: &Task) -> Result<()> {
    let mut row = task.pairs();
    row.push(("due_key", listed(task).into()));
    insert_into(tx, "case_tasks", row).await
}

/// The tasks of a case in their order, those put aside too.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Task>> {
    tx.query(&select("WHERE case_id = $1 ORDER BY place, id"), &params![id]).await
}

/// A task of a case.
pub(super) async fn one(tx: &Tx<'_>, case: CaseId, id: TaskId) -> Result<Option<Task>> {
    tx.optional(&select("WHERE id = $1 AND case_id = $2"), &params![id, case]).await
}

/// Which tasks of all cases are wanted.
pub(super) struct Wanted {
    pub(super) state: ListState,
    /// Those that this user has to do, or has done.
    pub(super) mine: Option<UserId>,
    pub(super) team_id: Option<TeamId>,
    pub(super) assignee_id: Option<UserId>,
    pub(super) due_before: Option<Timestamp>,
    /// Of which cases.
    pub(super) seen: Condition,
}

impl Wanted {
    fn narrow(&self, select: &str) -> List {
        let open = self.state == ListState::Open;
        let mut list = List::new(select);
        list = match self.state {
            ListState::Open => list.filter("t.due_key IS NOT NULL", &[]),
            ListState::Done => {
                list.filter("t.ended_at IS NOT NULL AND t.state = ?", &[TaskState::Done.into()])
            }
            ListState::NotNeeded => {
                list.filter("t.ended_at IS NOT NULL AND t.state = ?", &[TaskState::NotNeeded.into()])
            }
        };
        list = match self.mine {
            Some(user) if open => {
                // What nobody is named for is left to the owner of the case.
                let (owned, values) = owned_by(user, "b.case_id");
                let condition = format!(
                    "t.id IN (SELECT a.id FROM case_tasks a WHERE a.assignee_id = ? AND a.due_key IS NOT NULL UNION ALL \
                     SELECT b.id FROM case_tasks b WHERE {owned} AND b.assignee_id IS NULL AND b.team_id IS NULL \
                     AND b.due_key IS NOT NULL)"
                );
                let given: Vec<Value> = std::iter::once(user.into()).chain(values).collect();
                list.filter(&condition, &given)
            }
            Some(user) => list.filter("(t.assignee_id = ? OR t.ended_by = ?)", &[user.into(), user.into()]),
            None => list,
        };
        if let Some(team) = self.team_id {
            let (of_case, values) = of_team(team, "t.case_id");
            let given: Vec<Value> = std::iter::once(team.into()).chain(values).collect();
            list = list.filter(&format!("(t.team_id = ? OR (t.team_id IS NULL AND {of_case}))"), &given);
        }
        list.filter_some("t.assignee_id = ?", self.assignee_id)
            .filter_some("t.due_key < ?", self.due_before)
            .filter(&self.seen.0, &self.seen.1)
    }
}

/// What a list sorts a task by, before its id.
pub(super) fn place(task: &Task) -> i64 {
    match task.ended_at {
        Some(at) => at.millis(),
        None => due_key(task),
    }
}

fn due_key(task: &Task) -> i64 {
    task.due_at.map_or(i64::MAX, Timestamp::millis)
}

/// A page of tasks of all cases.
pub(super) async fn across(
    tx: &Tx<'_>,
    wanted: &Wanted,
    after: Option<(i64, TaskId)>,
    limit: usize,
) -> Result<Vec<Task>> {
    let columns: Vec<String> = Task::COLUMNS.iter().map(|column| format!("t.{column}")).collect();
    let list = wanted.narrow(&format!("SELECT {} FROM case_tasks t", columns.join(", ")));
    let after = after.map(|(place, id)| params![place, id]);
    let after = after.as_ref().map(|key| key.as_slice());
    let (sql, values) = match wanted.state {
        ListState::Open => list.page(&["t.due_key", "t.id"], Direction::Ascending, after, limit),
        _ => list.page(&["t.ended_at", "t.id"], Direction::Descending, after, limit),
    };
    tx.query(&sql, &values).await
}

/// How many tasks there are.
pub(super) async fn count(tx: &Tx<'_>, wanted: &Wanted) -> Result<i64> {
    let (sql, values) = wanted.narrow("SELECT COUNT(*) FROM case_tasks t").all();
    Ok(tx.scalar::<i64>(&sql, &values).await?.unwrap_or(0))
}

/// The open tasks of a case are listed from now on, or not any more.
pub(super) async fn list_open(tx: &Tx<'_>, case: CaseId, listed: bool) -> Result<()> {
    let sql = if listed {
        "UPDATE case_tasks SET due_key = COALESCE(due_at, 9223372036854775807) \
         WHERE case_id = $1 AND state = 'open' AND due_key IS NULL"
    } else {
        "UPDATE case_tasks SET due_key = NULL WHERE case_id = $1 AND due_key IS NOT NULL"
    };
    tx.execute(sql, &params![case]).await.map(drop)
}

/// Writes what can change of a task.
pub(super) async fn save(tx: &Tx<'_>, task: &Task) -> Result<()> {
    let sql = "UPDATE case_tasks SET title = $1, detail = $2, department_key = $3, team_id = $4, assignee_id = $5, \
               state = $6, outcome = $7, due_at = $8, ended_at = $9, ended_by = $10, version = $11, due_key = $12, stage_kind = $13 WHERE id = $14";
    let values = params![
        heard_store::Json(&task.title),
        heard_store::Json(&task.detail),
        task.department_key.clone(),
        task.team_id,
        task.assignee_id,
        task.state,
        task.outcome.clone(),
        task.due_at,
        task.ended_at,
        task.ended_by,
        task.version,
        listed(task),
        task.stage_kind,
        task.id
    ];
    tx.later(sql, &values).await
}
