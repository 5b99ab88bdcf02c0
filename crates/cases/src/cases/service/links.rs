//! Many conversations to one case, and back.

use heard_desk::conversations::{self, ConversationId};
use heard_kernel::{Code, Error, Result};
use heard_runtime::Tx;

use super::super::{
    edit,
    events::{ConversationLinked, ConversationUnlinked},
    model::{Case, CaseId},
    store,
};
use super::acting_user;
use crate::rights;

/// There is no such conversation, or the caller does not see it (`params.id`).
pub(crate) const CONVERSATION_UNKNOWN: Code = Code::new("conversation_unknown", 422);

/// Links a conversation that the actor sees to a case.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`; the storage codes.
pub async fn link_conversation(tx: &Tx<'_>, id: CaseId, conversation: ConversationId) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    link(tx, &case, conversation).await?;
    Ok(case)
}

/// Links a conversation to a case that is being opened or worked on.
pub(crate) async fn link(tx: &Tx<'_>, case: &Case, conversation: ConversationId) -> Result<()> {
    let unknown = |_| Error::field("conversation_id", CONVERSATION_UNKNOWN).with("id", conversation);
    conversations::one(tx, tx.actor(), conversation).await.map_err(unknown)?;
    let by = acting_user(tx.actor()).map(|user| user.0);
    if store::link(tx, case.id, conversation, tx.now(), by).await? {
        tx.emit(&ConversationLinked { standing: case.into(), conversation_id: conversation })?;
    }
    Ok(())
}

/// Unlinks a conversation from a case.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn unlink_conversation(tx: &Tx<'_>, id: CaseId, conversation: ConversationId) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    if store::unlink(tx, id, conversation).await? {
        tx.emit(&ConversationUnlinked { standing: (&case).into(), conversation_id: conversation })?;
    }
    Ok(case)
}
