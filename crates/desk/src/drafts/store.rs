//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Json, Tx, params};

use super::model::Draft;
use crate::conversations::ConversationId;

pub(super) async fn get(tx: &Tx<'_>, user: UserId, id: ConversationId) -> Result<Option<Draft>> {
    let sql = "SELECT mode, body, attachment_ids, updated_at FROM drafts WHERE user_id = $1 AND conversation_id = $2";
    tx.optional(sql, &params![user, id]).await
}

pub(super) async fn save(
    tx: &Tx<'_>,
    user: UserId,
    id: ConversationId,
    draft: &Draft,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO drafts (user_id, conversation_id, mode, body, attachment_ids, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, conversation_id) DO UPDATE SET mode = excluded.mode, \
               body = excluded.body, attachment_ids = excluded.attachment_ids, updated_at = excluded.updated_at";
    let values = params![user, id, draft.mode, &draft.body, Json(&draft.attachment_ids), now];
    tx.later(sql, &values).await
}

/// Removes a draft and tells whether there was one.
pub(super) async fn delete(tx: &Tx<'_>, user: UserId, id: ConversationId) -> Result<bool> {
    let sql = "DELETE FROM drafts WHERE user_id = $1 AND conversation_id = $2";
    Ok(tx.execute(sql, &params![user, id]).await? > 0)
}
