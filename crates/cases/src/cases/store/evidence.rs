//! Pieces of evidence.

use heard_kernel::{Result, Timestamp};
use heard_platform::{directory::UserId, files::AttachmentId};
use heard_store::{Tx, params};

use super::super::model::{CaseId, Evidence, EvidenceId};
use super::save::insert_into;
use crate::cases::Stored as _;

fn select() -> String {
    format!("SELECT {} FROM case_evidence", Evidence::COLUMNS.join(", "))
}

/// The evidence of a case, removed pieces too, in the order in which it came.
pub(crate) async fn evidence(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Evidence>> {
    tx.query(&format!("{} WHERE case_id = $1 ORDER BY added_at, id", select()), &params![id]).await
}

/// One piece of a case.
pub(crate) async fn one_evidence(tx: &Tx<'_>, id: CaseId, piece: EvidenceId) -> Result<Option<Evidence>> {
    tx.optional(&format!("{} WHERE case_id = $1 AND id = $2", select()), &params![id, piece]).await
}

/// The piece that a file is in a case, unless it was removed.
pub(crate) async fn evidence_of(tx: &Tx<'_>, id: CaseId, file: AttachmentId) -> Result<Option<EvidenceId>> {
    let sql = "SELECT id FROM case_evidence WHERE case_id = $1 AND attachment_id = $2 AND removed_at IS NULL";
    tx.scalar(sql, &params![id, file]).await
}

/// Adds a piece.
pub(crate) async fn add_evidence(tx: &Tx<'_>, evidence: &Evidence) -> Result<()> {
    insert_into(tx, "case_evidence", evidence.pairs()).await
}

/// Deletes a piece and tells whether it was there.
pub(crate) async fn delete_evidence(tx: &Tx<'_>, id: CaseId, piece: EvidenceId) -> Result<bool> {
    let sql = "DELETE FROM case_evidence WHERE case_id = $1 AND id = $2";
    Ok(tx.execute(sql, &params![id, piece]).await? > 0)
}

/// Marks a piece as removed and tells whether it was not.
pub(crate) async fn remove_evidence(
    tx: &Tx<'_>,
    piece: EvidenceId,
    now: Timestamp,
    by: Option<UserId>,
    reason: &str,
) -> Result<bool> {
    let sql = "UPDATE case_evidence SET removed_at = $1, removed_by = $2, removal_reason = $3 \
               WHERE id = $4 AND removed_at IS NULL";
    Ok(tx.execute(sql, &params![now, by, reason, piece]).await? > 0)
}
