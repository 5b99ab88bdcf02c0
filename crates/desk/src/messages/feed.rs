//! What a search index is filled from. `message.posted` and `message.recalled` say what changed; the texts stay here.

use heard_kernel::{Result, Timestamp};
use heard_store::Tx;

use super::{
    model::{Message, MessageId, MessageKind},
    store,
};
use crate::{contacts::ContactId, conversations::ConversationId, inboxes::InboxId};

/// The text of a message with what a search needs to know about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Indexed {
    /// Which message.
    pub message_id: MessageId,
    /// Where it stands.
    pub conversation_id: ConversationId,
    /// Its number there.
    pub no: i64,
    /// The inbox of the conversation, which decides who may find it.
    pub inbox_id: InboxId,
    /// The contact of the conversation.
    pub contact_id: ContactId,
    /// Whether only the team sees it.
    pub note: bool,
    /// The text.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
}

/// A message for the index; `None` when it was taken back or says nothing.
///
/// # Errors
/// The storage codes.
pub async fn one(tx: &Tx<'_>, id: MessageId) -> Result<Option<Indexed>> {
    Ok(many(tx, &[id]).await?.pop())
}

/// Messages for the index, in no order, without those that were taken back or say nothing.
///
/// # Errors
/// The storage codes.
pub async fn many(tx: &Tx<'_>, ids: &[MessageId]) -> Result<Vec<Indexed>> {
    let found = store::many(tx, ids).await?;
    with_conversations(tx, found).await
}

/// The next messages after an id, in the order of ids: for filling an index from the start.
///
/// # Errors
/// The storage codes.
pub async fn after(tx: &Tx<'_>, id: MessageId, limit: usize) -> Result<Vec<Indexed>> {
    let found = store::texts_after(tx, id, limit).await?;
    with_conversations(tx, found).await
}

async fn with_conversations(tx: &Tx<'_>, messages: Vec<Message>) -> Result<Vec<Indexed>> {
    let mut ids: Vec<ConversationId> = messages.iter().map(|message| message.conversation_id).collect();
    ids.sort();
    ids.dedup();
    let places = crate::conversations::store::places(tx, &ids).await?;
    let told = messages
        .into_iter()
        .filter(|message| message.recalled_at.is_none() && message.kind != MessageKind::System);
    Ok(told
        .filter_map(|message| {
            let (inbox_id, contact_id) = *places.get(&message.conversation_id)?;
            Some(Indexed {
                message_id: message.id,
                conversation_id: message.conversation_id,
                no: message.no,
                inbox_id,
                contact_id,
                note: message.kind == MessageKind::Note,
                body: message.body,
                at: message.created_at,
            })
        })
        .collect())
}
