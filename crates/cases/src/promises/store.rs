//! The statements of this slice.

use heard_kernel::Result;
use heard_store::{Direction, Engine, List, Tx, params};
use uuid::Uuid;

use super::{
    model::{COLUMNS, Promise, PromiseId, PromiseState},
    service::Filter,
};

pub(super) async fn insert(tx: &Tx<'_>, promise: &Promise) -> Result<()> {
    let sql = format!(
        "INSERT INTO promises ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    let values = params![
        promise.id,
        &promise.body,
        promise.state,
        promise.owner_id,
        promise.case_id,
        promise.conversation_id,
        promise.message_id,
        promise.clock_id,
        promise.created_by,
        promise.promised_at,
        promise.done_at,
        promise.reason.as_deref(),
        promise.created_at,
        promise.version,
    ];
    tx.later(&sql, &values).await
}

pub(super) async fn one(tx: &Tx<'_>, id: PromiseId) -> Result<Option<Promise>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM promises WHERE id = $1"), &params![id]).await
}

/// The promises of a case for which something is still to be done, the oldest first.
pub(super) async fn pending_of_case(tx: &Tx<'_>, case: Uuid) -> Result<Vec<Promise>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promises WHERE case_id = $1 AND state IN ($2, $3) AND done_at IS NULL ORDER BY id"
    );
    tx.query(&sql, &params![case, PromiseState::Open, PromiseState::Broken]).await
}

/// A promise, held until the end of the transaction.
pub(super) async fn one_to_change(tx: &Tx<'_>, id: PromiseId) -> Result<Option<Promise>> {
    let held = if tx.engine() == Engine::Postgres { " FOR UPDATE" } else { "" };
    tx.optional(&format!("SELECT {COLUMNS} FROM promises WHERE id = $1{held}"), &params![id]).await
}

/// Writes what becomes of a promise.
pub(super) async fn save(tx: &Tx<'_>, promise: &Promise) -> Result<()> {
    let sql = "UPDATE promises SET state = $1, done_at = $2, reason = $3, owner_id = $4, version = version + 1 WHERE id = $5";
    let values =
        params![promise.state, promise.done_at, promise.reason.as_deref(), promise.owner_id, promise.id];
    tx.later(sql, &values).await
}

/// A page of promises, the newest first.
pub(super) async fn list(
    tx: &Tx<'_>,
    filter: &Filter,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Promise>> {
    let after = after.map(|id| params![id]);
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM promises"))
        .filter_some("case_id = ?", filter.case_id)
        .filter_some("conversation_id = ?", filter.conversation_id)
        .filter_some("owner_id = ?", filter.owner_id)
        .filter_some("state = ?", filter.state)
        .page(&["id"], Direction::Descending, after.as_ref().map(|key| key.as_slice()), limit);
    tx.query(&sql, &values).await
}
