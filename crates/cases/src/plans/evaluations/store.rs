//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_store::{Json, Tx, params};

use super::model::{COLUMNS, Evaluation, EvaluationId};
use crate::plans::records::PlanId;

/// The records of a plan, the newest first.
pub(super) async fn of_plan(tx: &Tx<'_>, plan: PlanId) -> Result<Vec<Evaluation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM plan_evaluations WHERE plan_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500"
    );
    tx.query(&sql, &params![plan]).await
}

pub(super) async fn one(tx: &Tx<'_>, id: EvaluationId) -> Result<Option<Evaluation>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM plan_evaluations WHERE id = $1"), &params![id]).await
}

pub(super) async fn insert(tx: &Tx<'_>, evaluation: &Evaluation) -> Result<()> {
    let sql = "INSERT INTO plan_evaluations (id, plan_id, plan_version_id, kind, title, period_from, period_to, findings, \
               actions, open_actions, created_by, created_at, updated_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let values = params![
        evaluation.id,
        evaluation.plan_id,
        evaluation.plan_version_id,
        evaluation.kind,
        &evaluation.title,
        evaluation.period_from.as_deref(),
        evaluation.period_to.as_deref(),
        Json(&evaluation.findings),
        Json(&evaluation.actions),
        evaluation.open_actions,
        evaluation.created_by,
        evaluation.created_at,
        evaluation.updated_at,
        evaluation.version,
    ];
    tx.later(sql, &values).await
}

/// Writes a record whose stored version is one below, and tells whether it was.
pub(super) async fn update(tx: &Tx<'_>, evaluation: &Evaluation, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE plan_evaluations SET plan_version_id = $1, kind = $2, title = $3, period_from = $4, period_to = $5, \
               findings = $6, actions = $7, open_actions = $8, updated_at = $9, version = $10 \
               WHERE id = $11 AND version = $12";
    let values = params![
        evaluation.plan_version_id,
        evaluation.kind,
        &evaluation.title,
        evaluation.period_from.as_deref(),
        evaluation.period_to.as_deref(),
        Json(&evaluation.findings),
        Json(&evaluation.actions),
        evaluation.open_actions,
        now,
        evaluation.version,
        evaluation.id,
        evaluation.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(super) async fn delete(tx: &Tx<'_>, id: EvaluationId) -> Result<()> {
    tx.later("DELETE FROM plan_evaluations WHERE id = $1", &params![id]).await
}
