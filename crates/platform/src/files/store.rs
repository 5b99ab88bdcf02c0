//! The statements of this slice.

use std::collections::BTreeSet;

use heard_kernel::{Result, Timestamp};
use heard_store::{Json, List, Tx, params};
use uuid::Uuid;

use super::model::{
    ATTACHMENT_COLUMNS, AttachmentId, StoredAttachment, StoredUpload, UPLOAD_COLUMNS, UploadId,
};

pub(super) async fn insert_upload(tx: &Tx<'_>, upload: &StoredUpload, now: Timestamp) -> Result<()> {
    tx.later(
        "INSERT INTO uploads (id, name, size, received, purpose, conversation_id, owner_kind, owner_id, kinds, attachment_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            upload.id,
            &upload.name,
            upload.size,
            upload.received,
            upload.purpose.as_str(),
            upload.conversation_id,
            upload.owner.kind.as_str(),
            upload.owner.id,
            Json(&upload.kinds),
            upload.attachment_id,
            now
        ],
    )
    .await
}

pub(super) async fn upload(tx: &Tx<'_>, id: UploadId) -> Result<Option<StoredUpload>> {
    tx.optional(&format!("SELECT {UPLOAD_COLUMNS} FROM uploads WHERE id = $1"), &params![id]).await
}

/// Counts bytes that have arrived, unless somebody else counted meanwhile.
pub(super) async fn advance(tx: &Tx<'_>, id: UploadId, from: u64, to: u64) -> Result<bool> {
    let sql = "UPDATE uploads SET received = $1 WHERE id = $2 AND received = $3";
    Ok(tx.execute(sql, &params![to, id, from]).await? > 0)
}

pub(super) async fn complete(tx: &Tx<'_>, id: UploadId, attachment: AttachmentId) -> Result<bool> {
    let sql =
        "UPDATE uploads SET attachment_id = $1, received = size WHERE id = $2 AND attachment_id IS NULL";
    Ok(tx.execute(sql, &params![attachment, id]).await? > 0)
}

pub(super) async fn delete_upload(tx: &Tx<'_>, id: UploadId) -> Result<()> {
    tx.later("DELETE FROM uploads WHERE id = $1", &params![id]).await
}

pub(super) async fn insert_attachment(tx: &Tx<'_>, stored: &StoredAttachment) -> Result<()> {
    let shown = &stored.attachment;
    tx.later(
        "INSERT INTO attachments (id, name, kind, size, sha256, width, height, thumbnail_sha256, purpose, conversation_id, \
         message_id, owner_kind, owner_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &params![
            shown.id,
            &shown.name,
            &shown.kind,
            shown.size,
            &shown.sha256,
            shown.width,
            shown.height,
            stored.thumbnail_sha256.as_ref(),
            stored.purpose.as_str(),
            stored.conversation_id,
            stored.message_id,
            stored.owner.kind.as_str(),
            stored.owner.id,
            stored.created_at
        ],
    )
    .await
}

pub(super) async fn attachment(tx: &Tx<'_>, id: AttachmentId) -> Result<Option<StoredAttachment>> {
    tx.optional(&format!("SELECT {ATTACHMENT_COLUMNS} FROM attachments WHERE id = $1"), &params![id]).await
}

pub(super) async fn attachments_of(tx: &Tx<'_>, messages: &[Uuid]) -> Result<Vec<StoredAttachment>> {
    let (sql, values) = List::new(&format!("SELECT {ATTACHMENT_COLUMNS} FROM attachments"))
        .filter_in("message_id", messages.iter().copied())
        .all();
    tx.query(&format!("{sql} ORDER BY created_at, id"), &values).await
}

/// Ties a loose attachment to its message.
pub(super) async fn link(tx: &Tx<'_>, id: AttachmentId, conversation: Uuid, message: Uuid) -> Result<bool> {
    let sql =
        "UPDATE attachments SET conversation_id = $1, message_id = $2 WHERE id = $3 AND message_id IS NULL";
    Ok(tx.execute(sql, &params![conversation, message, id]).await? > 0)
}

pub(super) async fn old_uploads(tx: &Tx<'_>, before: Timestamp) -> Result<Vec<(UploadId,)>> {
    tx.query("SELECT id FROM uploads WHERE created_at < $1 LIMIT 1000", &params![before]).await
}

pub(super) async fn all_upload_ids(tx: &Tx<'_>) -> Result<Vec<(UploadId,)>> {
    tx.query("SELECT id FROM uploads", &[]).await
}

/// Attachments for messages that were never sent.
pub(super) async fn loose(tx: &Tx<'_>, before: Timestamp) -> Result<Vec<StoredAttachment>> {
    let sql = format!(
        "SELECT {ATTACHMENT_COLUMNS} FROM attachments WHERE message_id IS NULL AND purpose = 'message' AND created_at < $1 LIMIT 1000"
    );
    tx.query(&sql, &params![before]).await
}

/// Evidence that was uploaded and never became a piece of anything.
pub(super) async fn unkept(tx: &Tx<'_>, before: Timestamp) -> Result<Vec<StoredAttachment>> {
    let sql = format!(
        "SELECT {ATTACHMENT_COLUMNS} FROM attachments WHERE purpose = 'evidence' AND kept_at IS NULL AND created_at < $1 LIMIT 1000"
    );
    tx.query(&sql, &params![before]).await
}

/// Notes that evidence belongs to something now.
pub(super) async fn keep(tx: &Tx<'_>, id: AttachmentId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE attachments SET kept_at = $1 WHERE id = $2 AND kept_at IS NULL";
    tx.later(sql, &params![now, id]).await
}

/// Removes an attachment that belongs to nothing, and tells whether that was still so.
pub(super) async fn delete_unused(tx: &Tx<'_>, id: AttachmentId) -> Result<bool> {
    let sql = "DELETE FROM attachments WHERE id = $1 AND message_id IS NULL AND kept_at IS NULL";
    Ok(tx.execute(sql, &params![id]).await? > 0)
}

pub(super) async fn is_referred_to(tx: &Tx<'_>, sha256: &str) -> Result<bool> {
    let sql = "SELECT count(*) FROM attachments WHERE sha256 = $1 OR thumbnail_sha256 = $1";
    Ok(tx.scalar::<i64>(sql, &params![sha256]).await?.unwrap_or(0) > 0)
}

/// The contents that attachments and their thumbnails consist of.
pub(crate) async fn contents(tx: &Tx<'_>) -> Result<BTreeSet<String>> {
    let rows: Vec<(String, Option<String>)> =
        tx.query("SELECT sha256, thumbnail_sha256 FROM attachments", &[]).await?;
    Ok(rows.into_iter().flat_map(|(original, thumbnail)| [Some(original), thumbnail]).flatten().collect())
}
