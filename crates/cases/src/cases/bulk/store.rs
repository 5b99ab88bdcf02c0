//! What can be undone.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Json, Tx, params};

use super::{BulkId, CaseId, Replaced};

pub(super) async fn keep(
    tx: &Tx<'_>,
    id: BulkId,
    user: UserId,
    steps: &Vec<(CaseId, Replaced)>,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO case_bulk_undos (id, user_id, at, steps) VALUES ($1, $2, $3, $4)";
    tx.later(sql, &params![id, user, now, Json(steps)]).await
}

/// Takes what can be undone, so that it is undone once.
pub(super) async fn take(
    tx: &Tx<'_>,
    id: BulkId,
    user: UserId,
    since: Timestamp,
) -> Result<Option<Vec<(CaseId, Replaced)>>> {
    let sql = "DELETE FROM case_bulk_undos WHERE id = $1 AND user_id = $2 AND at >= $3 RETURNING steps";
    let found: Option<Json<Vec<(CaseId, Replaced)>>> = tx.scalar(sql, &params![id, user, since]).await?;
    Ok(found.map(|steps| steps.0))
}

pub(super) async fn forget_before(tx: &Tx<'_>, before: Timestamp) -> Result<()> {
    tx.later("DELETE FROM case_bulk_undos WHERE at < $1", &params![before]).await
}
