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
use super::{acting_user, check_active};
use crate::rights;

/// There is no such conversation, or the caller does not see it (`params.id`).
pub(crate) const CONVERSATION_UNKNOWN: Code = Code::new("conversation_unknown", 422);
/// Somebody, or an intake rule, opened a case from the conversation already (`params.id`, `params.number`).
pub(crate) const CONVERSATION_HAS_CASE: Code = Code::new("conversation_has_case", 409);

fn unknown(conversation: ConversationId) -> Error {
    Error::field("conversation_id", CONVERSATION_UNKNOWN).with("id", conversation)
}

/// Holds the conversations that a case is to be opened from: who opens one at the same time waits, and sees it then. Always
/// before the number of the new case is taken, which all wait for.
pub(super) async fn hold(tx: &Tx<'_>, conversations: &[ConversationId]) -> Result<()> {
    let mut ids = conversations.to_vec();
    // In one order, so that transactions do not block each other.
    ids.sort_unstable();
    for id in ids {
        conversations::hold(tx, id)
            .await
            .map_err(|error| if error.is(heard_kernel::codes::NOT_FOUND) { unknown(id) } else { error })?;
    }
    Ok(())
}

/// Fails when a conversation has a case that is under way.
pub(super) async fn check_first(tx: &Tx<'_>, conversations: &[ConversationId]) -> Result<()> {
    for conversation in conversations {
        for id in store::cases_of(tx, *conversation).await? {
            let case = store::load(tx, id).await?;
            let open = case.filter(|case| case.archived_at.is_none() && case.merged_into.is_none());
            if let Some(case) = open {
                return Err(Error::new(CONVERSATION_HAS_CASE).with("id", id).with("number", case.number()));
            }
        }
    }
    Ok(())
}

/// Links a conversation that the actor sees to a case.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn link_conversation(tx: &Tx<'_>, id: CaseId, conversation: ConversationId) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    // Held, as what a merge takes over is what is linked when it happens.
    let case = edit::Edit::open(tx, id).await?.after;
    check_active(&case)?;
    hold(tx, &[conversation]).await?;
    link(tx, &case, conversation).await?;
    Ok(case)
}

/// Links a conversation to a case that is being opened or worked on.
pub(crate) async fn link(tx: &Tx<'_>, case: &Case, conversation: ConversationId) -> Result<()> {
    conversations::one(tx, tx.actor(), conversation).await.map_err(|_| unknown(conversation))?;
    let by = acting_user(tx.actor()).map(|user| user.0);
    if store::link(tx, case.id, conversation, tx.now(), by).await? {
        tx.emit(&ConversationLinked { standing: case.into(), conversation_id: conversation })?;
    }
    Ok(())
}

/// Unlinks a conversation from a case.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`; the storage codes.
pub async fn unlink_conversation(tx: &Tx<'_>, id: CaseId, conversation: ConversationId) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_active(&case)?;
    if store::unlink(tx, id, conversation).await? {
        tx.emit(&ConversationUnlinked { standing: (&case).into(), conversation_id: conversation })?;
    }
    Ok(case)
}
