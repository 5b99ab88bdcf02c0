//! The statements of this slice.

use heard_kernel::Result;
use heard_store::{Tx, params};

use super::model::Notice;
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

/// Keeps a notice.
pub(super) async fn insert(tx: &Tx<'_>, notice: &Notice) -> Result<()> {
    insert_into(tx, "case_notices", notice.pairs()).await
}

/// The notices of a case, in the order in which they were sent.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Notice>> {
    let columns = Notice::COLUMNS.join(", ");
    let sql = format!("SELECT {columns} FROM case_notices WHERE case_id = $1 ORDER BY sent_at, id");
    tx.query(&sql, &params![id]).await
}
