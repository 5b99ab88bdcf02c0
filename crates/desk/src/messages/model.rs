//! A message.

use heard_kernel::{ActorKind, Result, Timestamp};
use heard_platform::{directory::UserId, files::AttachmentId};
use heard_store::{FromRow, Json, Row, id_type};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::conversations::{ConversationId, Loaded};
use heard_store::{Columns, words};

id_type!(
    /// Names a message.
    MessageId
);

words! {
    /// Who can write.
    AuthorKind {
        /// The contact.
        Contact => "contact",
        /// A user of the team.
        User => "user",
        /// The bot.
        Bot => "bot",
        /// Heard itself.
        System => "system",
    }
}

impl From<ActorKind> for AuthorKind {
    fn from(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Contact => Self::Contact,
            ActorKind::User => Self::User,
            ActorKind::Bot => Self::Bot,
            ActorKind::System => Self::System,
        }
    }
}

words! {
    /// What kind of message it is.
    MessageKind {
        /// Said to the other side.
        Text => "text",
        /// Seen by the team only.
        Note => "note",
        /// Tells what happened to the conversation.
        System => "system",
    }
}

/// A line that tells what happened; clients translate it by its code.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SystemLine {
    /// Which line.
    #[schema(example = "assigned")]
    pub code: String,
    /// Names and values in it.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub params: Map<String, Value>,
}

impl SystemLine {
    /// A line without values.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: Map::new() }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Whether the contact sees it too.
    pub fn is_public(&self) -> bool {
        matches!(
            self.code.as_str(),
            "assigned"
                | "transferred"
                | "closed"
                | "reopened"
                | "offline_form"
                | "queue_position"
                | "diagnosis_requested"
                | "diagnosis_declined"
        )
    }
}

/// A message as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Where it stands.
    pub conversation_id: ConversationId,
    /// Its number in the conversation, from 1 without gaps.
    pub no: i64,
    /// What kind it is.
    pub kind: MessageKind,
    /// Whether the contact sees it.
    pub public: bool,
    /// Who wrote it.
    pub author_kind: AuthorKind,
    /// Which contact, user or bot.
    pub author_id: Option<Uuid>,
    /// Text with light Markdown; empty once recalled.
    pub body: String,
    /// How many attachments it has.
    pub attachment_count: i64,
    /// The message that it answers.
    pub quote_id: Option<MessageId>,
    /// Users that it names.
    pub mentions: Vec<UserId>,
    /// The writer's own key for it.
    pub client_key: Option<String>,
    /// What happened, of a system line.
    pub system: Option<SystemLine>,
    /// A form that came with it.
    pub form: Option<Map<String, Value>>,
    /// When it was taken back.
    pub recalled_at: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The columns of [`Message`], in its order.
pub(crate) const COLUMNS: &str = "id, conversation_id, no, kind, public_line, author_kind, author_id, body, attachment_count, \
     quote_id, mentions, client_key, system_line, form, recalled_at, created_at";

impl FromRow for Message {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            conversation_id: columns.next()?,
            no: columns.next()?,
            kind: columns.next()?,
            public: columns.next()?,
            author_kind: columns.next()?,
            author_id: columns.next()?,
            body: columns.next()?,
            attachment_count: columns.next()?,
            quote_id: columns.next()?,
            mentions: columns.next::<Option<Json<Vec<UserId>>>>()?.map(|list| list.0).unwrap_or_default(),
            client_key: columns.next()?,
            system: columns.next::<Option<Json<SystemLine>>>()?.map(|line| line.0),
            form: columns.next::<Option<Json<Map<String, Value>>>>()?.map(|form| form.0),
            recalled_at: columns.next()?,
            created_at: columns.next()?,
        })
    }
}

/// What a user or the contact wants to say.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Words {
    /// The text.
    pub body: String,
    /// Files that go with it.
    pub attachment_ids: Vec<AttachmentId>,
    /// The message that it answers.
    pub quote_id: Option<MessageId>,
    /// Users that it names; only in notes.
    pub mentions: Vec<UserId>,
    /// The writer's own key, by which a repeated call is known.
    pub client_key: Option<String>,
    /// A form that came with it.
    pub form: Option<Map<String, Value>>,
}

/// A message that was taken in, or was there already.
#[derive(Clone, PartialEq, Debug)]
pub struct Posted {
    /// The message.
    pub message: Message,
    /// Whether it is new; otherwise the same key came before.
    pub fresh: bool,
    /// The conversation as it is after a new message.
    pub loaded: Option<Loaded>,
}
