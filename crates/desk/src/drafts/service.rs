//! Keeping drafts.

use heard_kernel::{Actor, Error, Result, TOO_LONG};
use heard_platform::directory::UserId;
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{events::DraftSaved, model::Draft, store};
use crate::{
    conversations::{ConversationId, visible},
    messages::{MAX_ATTACHMENTS, MAX_BODY, TOO_MANY},
    rights,
};

/// The acting user's draft in a conversation; an empty one when there is none.
///
/// # Errors
/// `forbidden`, `not_found`, `user_required`; the storage codes.
pub async fn get(tx: &StoreTx<'_>, actor: &Actor, id: ConversationId) -> Result<Draft> {
    actor.require(rights::REPLY)?;
    let user = UserId(actor.user_id()?);
    visible(tx, actor, id).await?;
    Ok(store::get(tx, user, id).await?.unwrap_or_default())
}

/// Saves the acting user's draft. One that says nothing removes it. The text is kept as it was typed and cleaned only
/// when it is sent.
///
/// # Errors
/// `forbidden`, `not_found`, `user_required`, `validation_failed`; the storage codes.
pub async fn save(tx: &Tx<'_>, id: ConversationId, draft: &Draft) -> Result<()> {
    tx.actor().require(rights::REPLY)?;
    let user = UserId(tx.actor().user_id()?);
    if draft.body.chars().count() > MAX_BODY {
        return Err(Error::field("body", TOO_LONG).with("max", MAX_BODY));
    }
    if draft.attachment_ids.len() > MAX_ATTACHMENTS {
        return Err(Error::field("attachment_ids", TOO_MANY).with("max", MAX_ATTACHMENTS));
    }
    if draft.body.is_empty() && draft.attachment_ids.is_empty() {
        return discard(tx, id).await;
    }
    visible(tx, tx.actor(), id).await?;
    store::save(tx, user, id, draft, tx.now()).await?;
    tx.emit(&DraftSaved { conversation_id: id, user_id: user, present: true })
}

/// Removes the acting user's draft; harmless when there is none.
///
/// # Errors
/// `forbidden`, `user_required`; the storage codes.
pub async fn discard(tx: &Tx<'_>, id: ConversationId) -> Result<()> {
    tx.actor().require(rights::REPLY)?;
    let user = UserId(tx.actor().user_id()?);
    if store::delete(tx, user, id).await? {
        tx.emit(&DraftSaved { conversation_id: id, user_id: user, present: false })?;
    }
    Ok(())
}
