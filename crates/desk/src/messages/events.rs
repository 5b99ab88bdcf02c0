//! What is told about messages.

use heard_platform::directory::{TeamId, UserId};
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::{AuthorKind, Message, MessageId, MessageKind};
use crate::{
    contacts::ContactId,
    conversations::{Conversation, ConversationId},
    inboxes::InboxId,
};

/// A message was written.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MessagePosted {
    /// Where.
    pub conversation_id: ConversationId,
    /// Which one.
    pub message_id: MessageId,
    /// Its number in the conversation.
    pub no: i64,
    /// What kind it is.
    pub kind: MessageKind,
    /// Whether the contact sees it.
    pub public: bool,
    /// Who wrote it.
    pub author_kind: AuthorKind,
    /// Which contact, user or bot.
    pub author_id: Option<Uuid>,
    /// The inbox of the conversation.
    pub inbox_id: InboxId,
    /// The contact of the conversation.
    pub contact_id: ContactId,
    /// Who serves the conversation.
    pub assignee_id: Option<UserId>,
    /// Which team serves it.
    pub team_id: Option<TeamId>,
    /// Users that it names.
    pub mentions: Vec<UserId>,
}

impl MessagePosted {
    pub(crate) fn new(conversation: &Conversation, message: &Message) -> Self {
        Self {
            conversation_id: conversation.id,
            message_id: message.id,
            no: message.no,
            kind: message.kind,
            public: message.public,
            author_kind: message.author_kind,
            author_id: message.author_id,
            inbox_id: conversation.inbox_id,
            contact_id: conversation.contact_id,
            assignee_id: conversation.assignee_id,
            team_id: conversation.team_id,
            mentions: message.mentions.clone(),
        }
    }
}

impl Event for MessagePosted {
    const KIND: &'static str = "message.posted";
    fn subject(&self) -> Subject {
        Subject::new("conversation", self.conversation_id)
    }
}

/// A message was taken back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MessageRecalled {
    /// Where.
    pub conversation_id: ConversationId,
    /// Which one.
    pub message_id: MessageId,
    /// Its number in the conversation.
    pub no: i64,
    /// Whether the contact saw it.
    pub public: bool,
    /// The inbox of the conversation.
    pub inbox_id: InboxId,
    /// The contact of the conversation.
    pub contact_id: ContactId,
    /// Who serves the conversation.
    pub assignee_id: Option<UserId>,
    /// Which team serves it.
    pub team_id: Option<TeamId>,
}

impl Event for MessageRecalled {
    const KIND: &'static str = "message.recalled";
    fn subject(&self) -> Subject {
        Subject::new("conversation", self.conversation_id)
    }
}
