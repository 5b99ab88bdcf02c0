//! The statements of this slice.

use heard_kernel::Result;
use heard_platform::directory::TeamId;
use heard_store::{List, Tx, params};

use super::model::{Handover, HandoverId};
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

fn columns() -> String {
    Handover::COLUMNS.join(", ")
}

/// Keeps a hand-over.
pub(super) async fn insert(tx: &Tx<'_>, handover: &Handover) -> Result<()> {
    insert_into(tx, "case_handovers", handover.pairs()).await
}

/// The hand-overs of a case, in their order.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Handover>> {
    let sql = format!("SELECT {} FROM case_handovers WHERE case_id = $1 ORDER BY no", columns());
    tx.query(&sql, &params![id]).await
}

/// A hand-over of a case.
pub(super) async fn one(tx: &Tx<'_>, case: CaseId, id: HandoverId) -> Result<Option<Handover>> {
    let sql = format!("SELECT {} FROM case_handovers WHERE id = $1 AND case_id = $2", columns());
    tx.optional(&sql, &params![id, case]).await
}

/// What lies with teams, the oldest first.
pub(super) async fn of_teams(tx: &Tx<'_>, teams: &[TeamId], limit: i64) -> Result<Vec<Handover>> {
    let select = format!("SELECT {} FROM case_handovers", columns());
    let open = List::new(&select).filter("state IN ('asked', 'accepted')", &[]);
    let (sql, values) = open.filter_in("team_id", teams.iter().copied()).all();
    tx.query(&format!("{sql} ORDER BY asked_at, id LIMIT {limit}"), &values).await
}

/// Writes what can change of a hand-over.
pub(super) async fn save(tx: &Tx<'_>, handover: &Handover) -> Result<()> {
    let sql = "UPDATE case_handovers SET state = $1, handler_id = $2, former_owner_id = $3, former_team_id = $4, \
               due_at = $5, result = $6, reason = $7, accepted_at = $8, done_at = $9, done_by = $10, ended_at = $11, \
               ended_by = $12 WHERE id = $13";
    let values = params![
        handover.state,
        handover.handler_id,
        handover.former_owner_id,
        handover.former_team_id,
        handover.due_at,
        handover.result.clone(),
        handover.reason.clone(),
        handover.accepted_at,
        handover.done_at,
        handover.done_by,
        handover.ended_at,
        handover.ended_by,
        handover.id
    ];
    tx.later(sql, &values).await
}
