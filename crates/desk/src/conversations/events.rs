//! What is told about conversations.

use heard_kernel::Timestamp;
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::{Conversation, ConversationId, State};
use crate::{contacts::ContactId, inboxes::InboxId, messages::MessageId, tags::TagId};

/// Where a conversation stands; part of every event about it, so that listeners know whom it concerns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    /// Which one.
    pub conversation_id: ConversationId,
    /// Where it came in.
    pub inbox_id: InboxId,
    /// Who is served.
    pub contact_id: ContactId,
    /// Who serves it.
    pub assignee_id: Option<UserId>,
    /// Which team serves it.
    pub team_id: Option<TeamId>,
    /// What it waits for.
    pub state: State,
}

impl From<&Conversation> for Standing {
    fn from(conversation: &Conversation) -> Self {
        Self {
            conversation_id: conversation.id,
            inbox_id: conversation.inbox_id,
            contact_id: conversation.contact_id,
            assignee_id: conversation.assignee_id,
            team_id: conversation.team_id,
            state: conversation.state,
        }
    }
}

macro_rules! conversation_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Where the conversation stands after it.
            #[serde(flatten)]
            pub standing: Standing,
            $($(#[$about])* pub $field: $ty,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::new("conversation", self.standing.conversation_id)
            }
        }
    )+};
}

conversation_events! {
    /// A conversation began.
    Opened = "conversation.opened" {
        /// Its number for people.
        no: i64,
    }
    /// It was handed over.
    Assigned = "conversation.assigned" {
        /// Who served it before.
        former_assignee_id: Option<UserId>,
        /// Which team served it before.
        former_team_id: Option<TeamId>,
    }
    /// Its state changed.
    StateChanged = "conversation.state_changed" {
        /// The state before.
        former_state: State,
        /// When it comes back.
        snoozed_until: Option<Timestamp>,
    }
    /// Tags were put on or taken off.
    Tagged = "conversation.tagged" {
        /// Put on.
        added: Vec<TagId>,
        /// Taken off.
        removed: Vec<TagId>,
    }
    /// Subject or priority changed.
    Updated = "conversation.updated" {
        /// The fields that changed.
        fields: Vec<String>,
    }
    /// It became part of another conversation.
    Merged = "conversation.merged" {
        /// Which one.
        into: ConversationId,
    }
    /// It was taken out of another conversation again.
    Unmerged = "conversation.unmerged" {
        /// Which one.
        from: ConversationId,
    }
    /// Users joined or left.
    ParticipantsChanged = "conversation.participants_changed" {
        /// Joined.
        added: Vec<UserId>,
        /// Left.
        removed: Vec<UserId>,
    }
    /// A user has read up to a message.
    Read = "conversation.read" {
        /// Who.
        user_id: UserId,
        /// Up to which message.
        no: i64,
    }
    /// The contact has read up to a message.
    ContactRead = "conversation.contact_read" {
        /// Up to which message.
        no: i64,
    }
    /// A user looked at it. Told once in a while, for the audit.
    Viewed = "conversation.viewed" {}
    /// A transcript was taken out. For the audit.
    Exported = "conversation.exported" {
        /// In which format.
        format: String,
        /// Whether notes were in it.
        notes: bool,
        /// The last message that it held.
        last_message_id: Option<MessageId>,
    }
}
