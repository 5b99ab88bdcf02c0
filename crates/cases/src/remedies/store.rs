//! The statements of this slice.

use heard_kernel::Result;
use heard_platform::directory::UserId;
use heard_store::{Direction, List, Tx, params};

use super::model::{GrantedRemedy, RemedyId, RemedyState};
use crate::cases::Stored as _;
use crate::cases::{
    CaseId,
    store::{Condition, insert_into},
};

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

/// Remedies of all cases in a state: of those that wait the oldest first, of others the newest.
pub(super) async fn across(
    tx: &Tx<'_>,
    state: RemedyState,
    seen: &Condition,
    after: Option<(i64, RemedyId)>,
    limit: usize,
) -> Result<Vec<GrantedRemedy>> {
    let columns: Vec<String> = GrantedRemedy::COLUMNS.iter().map(|column| format!("g.{column}")).collect();
    let after = after.map(|(at, id)| params![at, id]);
    let waits = state == RemedyState::Asked;
    let (sql, values) = List::new(&format!("SELECT {} FROM case_remedies g", columns.join(", ")))
        .filter("g.state = ?", &[state.into()])
        .filter(&seen.0, &seen.1)
        .page(
            &["g.asked_at", "g.id"],
            if waits { Direction::Ascending } else { Direction::Descending },
            after.as_ref().map(|key| key.as_slice()),
            limit,
        );
    tx.query(&sql, &values).await
}

/// How many wait for a decision of somebody who did not ask for them.
pub(super) async fn count_waiting(tx: &Tx<'_>, me: Option<UserId>, seen: &Condition) -> Result<i64> {
    let (sql, values) = List::new("SELECT COUNT(*) FROM case_remedies g")
        .filter("g.state = ?", &[RemedyState::Asked.into()])
        .filter_some("(g.asked_by IS NULL OR g.asked_by <> ?)", me)
        .filter(&seen.0, &seen.1)
        .all();
    Ok(tx.scalar::<i64>(&sql, &values).await?.unwrap_or(0))
}

/// Writes what was decided.
pub(super) async fn save(tx: &Tx<'_>, remedy: &GrantedRemedy) -> Result<()> {
    let sql =
        "UPDATE case_remedies SET state = $1, reason = $2, decided_at = $3, decided_by = $4 WHERE id = $5";
    let values =
        params![remedy.state, remedy.reason.clone(), remedy.decided_at, remedy.decided_by, remedy.id];
    tx.later(sql, &values).await
}
