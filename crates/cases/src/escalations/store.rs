//! The statements of this slice.

use heard_kernel::Result;
use heard_store::{Json, Tx, params};

use super::model::{Escalation, EscalationId};
use crate::cases::CaseId;

/// Claims an occasion and tells whether nobody had.
pub(super) async fn claim(tx: &Tx<'_>, escalation: &Escalation) -> Result<bool> {
    let sql = "INSERT INTO case_escalations (id, case_id, occasion, clock_id, rule_key, step_no, at, done) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (occasion) DO NOTHING";
    let values = params![
        escalation.id,
        escalation.case_id,
        escalation.occasion.clone(),
        escalation.clock_id,
        escalation.rule_key.clone(),
        escalation.step_no,
        escalation.at,
        Json(&escalation.done)
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

/// Notes what was done.
pub(super) async fn note(tx: &Tx<'_>, id: EscalationId, escalation: &Escalation) -> Result<()> {
    let sql = "UPDATE case_escalations SET done = $1 WHERE id = $2";
    tx.later(sql, &params![Json(&escalation.done), id]).await
}

/// What was escalated about a case, in order.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Escalation>> {
    let columns = Escalation::COLUMNS.join(", ");
    let sql = format!("SELECT {columns} FROM case_escalations WHERE case_id = $1 ORDER BY at, id");
    tx.query(&sql, &params![id]).await
}
