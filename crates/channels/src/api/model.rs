//! What other programs send and get.

use heard_desk::{
    conversations::ConversationId,
    messages::{AuthorKind, MessageId},
};
use heard_kernel::Timestamp;
use heard_platform::files::Attachment;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Whose message it is. At least one of `external_id`, `email` and `phone` tells people apart.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelContact {
    /// What the other system calls them.
    pub(super) external_id: Option<String>,
    /// The name.
    pub(super) name: Option<String>,
    /// The e-mail address.
    pub(super) email: Option<String>,
    /// The telephone number.
    pub(super) phone: Option<String>,
}

/// A file that comes with a message.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelFile {
    /// File name.
    pub(super) name: String,
    /// The content in Base64 (RFC 4648, with or without padding).
    pub(super) content_base64: String,
}

/// A customer's message.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChannelPost {
    /// What the other system calls the message; the same again has no second effect.
    pub(super) external_id: String,
    /// Whose message it is.
    pub(super) contact: ChannelContact,
    /// What the other system calls the conversation. Without it the contact's latest conversation goes on.
    pub(super) conversation_ref: Option<String>,
    /// What a new conversation is about.
    pub(super) subject: Option<String>,
    /// Text with light Markdown.
    #[serde(default)]
    pub(super) body: String,
    /// Files.
    #[serde(default)]
    pub(super) attachments: Vec<ChannelFile>,
    /// Values that came with it, such as the app's version.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub(super) form: Option<Map<String, Value>>,
    /// When it was said, when that was earlier.
    pub(super) at: Option<Timestamp>,
}

/// What became of a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChannelReceipt {
    /// Where it stands.
    #[schema(value_type = String, format = Uuid)]
    pub(super) conversation_id: ConversationId,
    /// Which message it is.
    #[schema(value_type = String, format = Uuid)]
    pub(super) message_id: MessageId,
    /// Its number in the conversation.
    pub(super) no: i64,
}

/// An answer of the team.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChannelReply {
    /// Where to go on after it.
    pub(super) seq: i64,
    /// Where it stands.
    #[schema(value_type = String, format = Uuid)]
    pub(super) conversation_id: ConversationId,
    /// What the other system calls the conversation.
    #[schema(required = true)]
    pub(super) conversation_ref: Option<String>,
    /// Which message it is.
    #[schema(value_type = String, format = Uuid)]
    pub(super) message_id: MessageId,
    /// Its number in the conversation.
    pub(super) no: i64,
    /// Who wrote it: a user or the bot.
    pub(super) author: AuthorKind,
    /// The writer's name.
    pub(super) author_name: String,
    /// Text with light Markdown; empty when it was taken back.
    pub(super) body: String,
    /// Files, to be fetched at `/api/v1/attachments/{id}`.
    pub(super) attachments: Vec<Attachment>,
    /// Whether it was taken back.
    pub(super) recalled: bool,
    /// When it was written.
    pub(super) created_at: Timestamp,
}

/// Answers of the team.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChannelReplies {
    /// The answers, oldest first.
    pub(super) items: Vec<ChannelReply>,
    /// Pass it as `after` next time, also when `items` is empty.
    pub(super) next_after: i64,
}
