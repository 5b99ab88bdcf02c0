//! The statements of this slice.

use heard_kernel::Result;
use heard_store::{Tx, params};

use super::model::{GrantedRemedy, RemedyId};
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

fn select(rest: &str) -> String {
    format!("SELECT {} FROM case_remedies {rest}", GrantedRemedy::COLUMNS.join(", "))
}

/// Keeps a remedy.
pub(super) async fn insert(tx: &Tx<'_>, remedy: &GrantedRemedy) -> Result<()> {
    insert_into(tx, "case_remedies", remedy.pairs()).await
}

/// The remedies of a case, in the order in which they were asked.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<GrantedRemedy>> {
    tx.query(&select("WHERE case_id = $1 ORDER BY asked_at, id"), &params![id]).await
}

/// A remedy of a case.
pub(super) async fn one(tx: &Tx<'_>, case: CaseId, id: RemedyId) -> Result<Option<GrantedRemedy>> {
    tx.optional(&select("WHERE id = $1 AND case_id = $2"), &params![id, case]).await
}

/// What waits for approval, the oldest first.
pub(super) async fn waiting(tx: &Tx<'_>, limit: i64) -> Result<Vec<GrantedRemedy>> {
    tx.query(&select("WHERE state = 'asked' ORDER BY asked_at, id LIMIT $1"), &params![limit]).await
}

/// Writes what was decided.
pub(super) async fn save(tx: &Tx<'_>, remedy: &GrantedRemedy) -> Result<()> {
    let sql =
        "UPDATE case_remedies SET state = $1, reason = $2, decided_at = $3, decided_by = $4 WHERE id = $5";
    let values =
        params![remedy.state, remedy.reason.clone(), remedy.decided_at, remedy.decided_by, remedy.id];
    tx.later(sql, &values).await
}
