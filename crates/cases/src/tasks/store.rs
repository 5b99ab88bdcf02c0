//! The statements of this slice.

use heard_kernel::Result;
use heard_platform::directory::UserId;
use heard_store::{Tx, params};

use super::model::{Task, TaskId};
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

fn select(rest: &str) -> String {
    format!("SELECT {} FROM case_tasks {rest}", Task::COLUMNS.join(", "))
}

/// Keeps a task.
pub(super) async fn insert(tx: &Tx<'_>, task: &Task) -> Result<()> {
    insert_into(tx, "case_tasks", task.pairs()).await
}

/// The tasks of a case in their order, those put aside too.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Task>> {
    tx.query(&select("WHERE case_id = $1 ORDER BY place, id"), &params![id]).await
}

/// A task of a case.
pub(super) async fn one(tx: &Tx<'_>, case: CaseId, id: TaskId) -> Result<Option<Task>> {
    tx.optional(&select("WHERE id = $1 AND case_id = $2"), &params![id, case]).await
}

/// The open tasks of a user, the oldest first.
pub(super) async fn of_user(tx: &Tx<'_>, user: UserId, limit: i64) -> Result<Vec<Task>> {
    let sql = select("WHERE assignee_id = $1 AND state = 'open' ORDER BY created_at, id LIMIT $2");
    tx.query(&sql, &params![user, limit]).await
}

/// Writes what can change of a task.
pub(super) async fn save(tx: &Tx<'_>, task: &Task) -> Result<()> {
    let sql = "UPDATE case_tasks SET title = $1, detail = $2, department_key = $3, team_id = $4, assignee_id = $5, \
               state = $6, outcome = $7, due_at = $8, ended_at = $9, ended_by = $10, version = $11 WHERE id = $12";
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
        task.id
    ];
    tx.later(sql, &values).await
}
