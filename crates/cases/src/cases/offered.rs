//! Files that came in the conversations of a case and could become evidence.

use std::collections::HashSet;

use heard_desk::{
    conversations::ConversationId,
    messages::{self, AuthorKind, MessageId, Range},
};
use heard_kernel::{Actor, Result, Timestamp, codes};
use heard_platform::files::AttachmentId;
use heard_store::Tx;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    edit,
    model::{CaseId, Giver},
    store,
};
use crate::rights;

/// Messages of each conversation that are looked through, the latest.
const MESSAGES: usize = 200;

/// A file of a conversation that is no evidence of the case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseOfferedFile)]
pub(crate) struct OfferedFile {
    /// The file.
    #[schema(value_type = String, format = Uuid)]
    pub attachment_id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// The conversation that it came in.
    pub conversation_id: ConversationId,
    /// The message that it came with.
    pub message_id: MessageId,
    /// Who gave it.
    pub given_by: Giver,
    /// When it came.
    pub at: Timestamp,
}

/// Files of the conversations of a case that the actor sees, the latest first, without those that are or were evidence.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(crate) async fn files(tx: &Tx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<OfferedFile>> {
    actor.require(rights::READ)?;
    edit::visible(tx, actor, id).await?;
    let known: HashSet<AttachmentId> =
        store::evidence(tx, id).await?.into_iter().map(|piece| piece.attachment_id).collect();
    let mut offered = Vec::new();
    for (conversation, _) in store::conversations(tx, id).await? {
        match messages::page(tx, actor, conversation, Range::Before(i64::MAX), MESSAGES).await {
            Ok((_, shown)) => offered.extend(of_messages(conversation, shown)),
            Err(error) if error.is(codes::NOT_FOUND) || error.is(codes::FORBIDDEN) => {}
            Err(error) => return Err(error),
        }
    }
    offered.retain(|file| !known.contains(&file.attachment_id));
    offered.sort_by_key(|file| std::cmp::Reverse(file.at));
    Ok(offered)
}

fn of_messages(conversation_id: ConversationId, mut shown: messages::Shown) -> Vec<OfferedFile> {
    let mut found = Vec::new();
    for message in shown.messages.iter().filter(|message| message.recalled_at.is_none()) {
        let by_customer = message.author_kind == AuthorKind::Contact;
        for file in shown.attachments.remove(&message.id.0).unwrap_or_default() {
            found.push(OfferedFile {
                attachment_id: file.id,
                name: file.name,
                kind: file.kind,
                size: file.size,
                conversation_id,
                message_id: message.id,
                given_by: if by_customer { Giver::Customer } else { Giver::Team },
                at: message.created_at,
            });
        }
    }
    found
}
