//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Json, Tx, params};

use super::model::{CaseGroup, CaseLink, CaseLinkId, CaseMerge, GroupId, MergeId};
use crate::cases::Stored as _;
use crate::cases::{CaseId, store::insert_into};

fn select(columns: &[&str], rest: &str) -> String {
    format!("SELECT {} FROM {rest}", columns.join(", "))
}

/// Keeps a link.
pub(super) async fn insert(tx: &Tx<'_>, link: &CaseLink) -> Result<()> {
    insert_into(tx, "case_links", link.pairs()).await
}

/// The links of a case, from either side, in the order in which they were made.
pub(super) async fn of_case(tx: &Tx<'_>, id: CaseId) -> Result<Vec<CaseLink>> {
    let sql = select(CaseLink::COLUMNS, "case_links WHERE case_id = $1 OR other_id = $1 ORDER BY at, id");
    tx.query(&sql, &params![id]).await
}

/// Removes a link.
pub(super) async fn delete(tx: &Tx<'_>, id: CaseLinkId) -> Result<()> {
    tx.later("DELETE FROM case_links WHERE id = $1", &params![id]).await
}

/// Keeps a merge.
pub(super) async fn insert_merge(tx: &Tx<'_>, merge: &CaseMerge) -> Result<()> {
    insert_into(tx, "case_merges", merge.pairs()).await
}

/// The merges of a case, from either side, in their order.
pub(super) async fn merges(tx: &Tx<'_>, id: CaseId) -> Result<Vec<CaseMerge>> {
    let sql = select(CaseMerge::COLUMNS, "case_merges WHERE case_id = $1 OR into_id = $1 ORDER BY at, id");
    tx.query(&sql, &params![id]).await
}

/// Notes that a merge was undone.
pub(super) async fn undo(tx: &Tx<'_>, id: MergeId, now: Timestamp, by: Option<UserId>) -> Result<()> {
    let sql = "UPDATE case_merges SET undone_at = $1, undone_by = $2 WHERE id = $3";
    tx.later(sql, &params![now, by, id]).await
}

/// Keeps a group.
pub(super) async fn insert_group(tx: &Tx<'_>, group: &CaseGroup) -> Result<()> {
    insert_into(tx, "case_groups", group.pairs()).await
}

/// A group.
pub(super) async fn group(tx: &Tx<'_>, id: GroupId) -> Result<Option<CaseGroup>> {
    tx.optional(&select(CaseGroup::COLUMNS, "case_groups WHERE id = $1"), &params![id]).await
}

/// Writes a group and tells whether nobody had changed it since.
pub(super) async fn save_group(tx: &Tx<'_>, group: &CaseGroup) -> Result<bool> {
    let sql = "UPDATE case_groups SET title = $1, note = $2, representatives = $3, version = version + 1 \
               WHERE id = $4 AND version = $5";
    let values = params![
        group.title.clone(),
        group.note.clone(),
        Json(&group.representatives),
        group.id,
        group.version
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}
