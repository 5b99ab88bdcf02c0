//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Tx, params};

use super::model::{Input, LinkId, ProgressLink};
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

fn select(rest: &str) -> String {
    format!("SELECT {} FROM progress_links {rest}", ProgressLink::COLUMNS.join(", "))
}

/// Keeps a link.
pub(super) async fn insert(tx: &Tx<'_>, link: &ProgressLink) -> Result<()> {
    insert_into(tx, "progress_links", link.pairs()).await
}

/// The links of a case, in the order in which they were made.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<ProgressLink>> {
    tx.query(&select("WHERE case_id = $1 ORDER BY created_at, id"), &params![id]).await
}

/// The link of a secret.
pub(super) async fn by_hash(tx: &Tx<'_>, hash: &str) -> Result<Option<ProgressLink>> {
    tx.optional(&select("WHERE token_hash = $1"), &params![hash]).await
}

/// Notes that a link was revoked and tells whether it was not before.
pub(super) async fn revoke(
    tx: &Tx<'_>,
    case: CaseId,
    id: LinkId,
    now: Timestamp,
    by: Option<UserId>,
) -> Result<bool> {
    let sql = "UPDATE progress_links SET revoked_at = $1, revoked_by = $2 \
               WHERE id = $3 AND case_id = $4 AND revoked_at IS NULL";
    Ok(tx.execute(sql, &params![now, by, id, case]).await? > 0)
}

/// Notes that a link was opened.
pub(super) async fn opened(tx: &Tx<'_>, id: LinkId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE progress_links SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL";
    tx.later(sql, &params![now, id]).await
}

/// Keeps what a customer said.
pub(super) async fn add_input(tx: &Tx<'_>, input: &Input) -> Result<()> {
    insert_into(tx, "progress_inputs", input.pairs()).await
}

/// What the customer of a case said on the page, in order.
pub(super) async fn inputs(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Input>> {
    let columns = Input::COLUMNS.join(", ");
    let sql = format!("SELECT {columns} FROM progress_inputs WHERE case_id = $1 ORDER BY at, id");
    tx.query(&sql, &params![id]).await
}
