//! Messages as the API shows them.

use std::collections::HashMap;

use heard_kernel::{Locale, Result, Timestamp, preview};
use heard_platform::{
    directory::{Directory, UserId, UserRef},
    files::{Attachment, AttachmentId},
};
use heard_runtime::Ctx;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    model::{AuthorKind, Message, MessageId, MessageKind, SystemLine, Words},
    service::{Shown, Then},
};
use crate::{
    contacts::{self, display_name},
    conversations::{ConversationId, Loaded},
};

/// Who wrote a message.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MessageAuthor {
    /// What kind of author.
    pub kind: AuthorKind,
    /// Which contact, user or bot.
    #[schema(required = true)]
    pub id: Option<Uuid>,
    /// The name that is shown; empty for system lines.
    pub name: String,
}

/// The message that another one answers.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Quote {
    /// Which one.
    pub id: MessageId,
    /// Its number.
    pub no: i64,
    /// Who wrote it.
    pub author_name: String,
    /// Its beginning on one line; empty when it was taken back.
    pub preview: String,
}

/// A message.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageView {
    /// Which one.
    pub id: MessageId,
    /// Where it stands.
    pub conversation_id: ConversationId,
    /// Its number in the conversation, from 1 without gaps.
    pub no: i64,
    /// What kind it is.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// Text with light Markdown; empty once taken back.
    pub body: String,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// The message that it answers.
    #[schema(required = true)]
    pub quote: Option<Quote>,
    /// Users that it names.
    pub mentions: Vec<UserId>,
    /// The writer's own key for it.
    #[schema(required = true)]
    pub client_key: Option<String>,
    /// Whether it was taken back.
    pub recalled: bool,
    /// When it was taken back.
    #[schema(required = true)]
    pub recalled_at: Option<Timestamp>,
    /// What happened, of a system line.
    #[schema(required = true)]
    pub system: Option<SystemLine>,
    /// A form that came with it.
    #[schema(required = true, value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub form: Option<Map<String, Value>>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A message that a user writes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewMessage {
    /// Said to the contact, or a note; `text` when absent.
    pub kind: Option<MessageKind>,
    /// The text.
    #[serde(default)]
    pub body: String,
    /// Files that were uploaded for it.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub attachment_ids: Vec<AttachmentId>,
    /// The message that it answers.
    pub quote_id: Option<MessageId>,
    /// Users that it names; only in notes.
    #[serde(default)]
    pub mentions: Vec<UserId>,
    /// The writer's own key: the same key means the same message.
    pub client_key: Option<String>,
    /// What becomes of the conversation after it.
    pub then: Option<Then>,
    /// When it comes back; with `then` being `snooze`.
    pub snoozed_until: Option<Timestamp>,
}

impl NewMessage {
    /// What is said.
    pub fn into_words(self) -> Words {
        Words {
            body: self.body,
            attachment_ids: self.attachment_ids,
            quote_id: self.quote_id,
            mentions: self.mentions,
            client_key: self.client_key,
            form: None,
        }
    }
}

/// Messages of one conversation.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MessagePage {
    /// The messages, in rising order.
    pub items: Vec<MessageView>,
    /// The first number of the conversation; 0 when it has no message.
    pub first_no: i64,
    /// The last number of the conversation.
    pub last_no: i64,
    /// How far the contact has read.
    pub contact_read_no: i64,
    /// How far messages have reached the contact's device.
    pub contact_delivered_no: i64,
}

/// Adds names and shows messages.
///
/// # Errors
/// The storage codes.
pub async fn show(ctx: &Ctx, locale: Locale, loaded: &Loaded, shown: Shown) -> Result<Vec<MessageView>> {
    let Shown { messages, mut attachments, quoted } = shown;
    let written = messages.iter().chain(quoted.values());
    let mut ids: Vec<Uuid> = written
        .filter(|message| message.author_kind == AuthorKind::User)
        .filter_map(|message| message.author_id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let users = Directory::of(ctx).users(ctx, &ids).await?;
    let contact = contact_name(ctx, locale, loaded).await?;
    let name = |message: &Message| author_name(message, locale, &contact, &users);
    Ok(messages
        .into_iter()
        .map(|message| {
            let quote = message.quote_id.and_then(|id| quoted.get(&id)).map(|quoted| Quote {
                id: quoted.id,
                no: quoted.no,
                author_name: name(quoted),
                preview: preview(&quoted.body, 120),
            });
            MessageView {
                author: MessageAuthor {
                    kind: message.author_kind,
                    id: message.author_id,
                    name: name(&message),
                },
                attachments: attachments.remove(&message.id.0).unwrap_or_default(),
                quote,
                id: message.id,
                conversation_id: message.conversation_id,
                no: message.no,
                kind: message.kind,
                body: message.body,
                mentions: message.mentions,
                client_key: message.client_key,
                recalled: message.recalled_at.is_some(),
                recalled_at: message.recalled_at,
                system: message.system,
                form: message.form,
                created_at: message.created_at,
            }
        })
        .collect())
}

/// What the contact of a conversation is called.
pub(super) async fn contact_name(ctx: &Ctx, locale: Locale, loaded: &Loaded) -> Result<String> {
    let id = loaded.conversation.contact_id;
    let label = match &loaded.around.contact_name {
        Some(name) => Some(name.clone()),
        None => ctx.read(async move |tx| contacts::known_as(tx, vec![id]).await).await?.remove(&id),
    };
    Ok(display_name(id, label.as_deref(), locale))
}

/// The name that stands above a message. What a contact wrote stands under the name of the conversation's contact.
fn author_name(message: &Message, locale: Locale, contact: &str, users: &HashMap<Uuid, UserRef>) -> String {
    match message.author_kind {
        AuthorKind::Contact => contact.to_owned(),
        AuthorKind::User => {
            let user = message.author_id.and_then(|id| users.get(&id));
            user.map(|user| user.name.clone()).unwrap_or_default()
        }
        AuthorKind::Bot => match locale {
            Locale::ZhCn => "机器人".to_owned(),
            Locale::En => "Bot".to_owned(),
        },
        AuthorKind::System => String::new(),
    }
}
