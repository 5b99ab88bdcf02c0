//! What the widget is told.

use heard_desk::{
    conversations::State,
    inboxes::{FieldKind, Inbox, Side},
    messages::{AuthorKind, MessageId, SystemLine},
};
use heard_kernel::{Locale, Timestamp, calendar::Calendars};
use heard_platform::files::Attachment;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A question before the chat, in the visitor's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetField {
    /// Its name for programs.
    pub key: String,
    /// What is asked.
    pub kind: FieldKind,
    /// Its name for people.
    pub label: String,
    /// Whether it must be filled.
    pub required: bool,
    /// What can be chosen.
    pub options: Vec<String>,
}

/// What is asked before the chat.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetPrechat {
    /// Whether anything is asked.
    pub enabled: bool,
    /// What is asked.
    pub fields: Vec<WidgetField>,
    /// What the visitor must agree to.
    #[schema(required = true)]
    pub consent: Option<String>,
}

/// How the widget looks and behaves, in the visitor's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetConfig {
    /// The public key of the inbox.
    pub inbox_key: String,
    /// The name above the chat.
    pub brand_name: String,
    /// The main colour.
    pub color: String,
    /// Where the logo is.
    #[schema(required = true)]
    pub logo_url: Option<String>,
    /// On which side of the page it stands.
    pub position: Side,
    /// The first words.
    pub greeting: String,
    /// After how long the greeting shows by itself.
    #[schema(required = true)]
    pub greeting_delay_seconds: Option<u32>,
    /// How soon one answers.
    pub reply_time: String,
    /// What is said when nobody is there.
    pub offline_text: String,
    /// Whether somebody is there now.
    pub open: bool,
    /// When somebody is there again.
    #[schema(required = true)]
    pub next_open_at: Option<Timestamp>,
    /// What is asked before the chat.
    pub prechat: WidgetPrechat,
    /// Whether agents see what is typed before it is sent.
    pub allow_preview: bool,
    /// Whether the host page must prove who the visitor is.
    pub identity_required: bool,
    /// Whether a new message makes a sound.
    pub sound: bool,
    /// How large a file may be.
    pub max_attachment_mb: u32,
    /// The language of the texts.
    pub locale: Locale,
}

impl WidgetConfig {
    /// The configuration of an inbox in a language.
    pub(super) fn of(inbox: &Inbox, known: &Calendars, locale: Locale, now: Timestamp) -> Option<Self> {
        let chat = inbox.config.web_chat.as_ref()?;
        let hours = heard_desk::inboxes::open_at(&inbox.config.hours, known, now);
        let fields = chat.prechat.fields.iter().map(|field| WidgetField {
            key: field.key.clone(),
            kind: field.kind,
            label: field.label.get(locale).to_owned(),
            required: field.required,
            options: field.options.clone(),
        });
        Some(Self {
            inbox_key: inbox.key.clone(),
            brand_name: chat.brand_name.clone(),
            color: chat.color.clone(),
            logo_url: chat.logo_attachment_id.map(|_| format!("/api/v1/widget/{}/logo", inbox.key)),
            position: chat.position,
            greeting: chat.greeting.get(locale).to_owned(),
            greeting_delay_seconds: chat.greeting_delay_seconds,
            reply_time: chat.reply_time.get(locale).to_owned(),
            offline_text: chat.offline_text.get(locale).to_owned(),
            open: hours.open,
            next_open_at: hours.next_change_at.filter(|_| !hours.open),
            prechat: WidgetPrechat {
                enabled: chat.prechat.enabled,
                fields: fields.collect(),
                consent: chat.prechat.consent.as_ref().map(|text| text.get(locale).to_owned()),
            },
            allow_preview: chat.allow_preview,
            identity_required: chat.identity_required,
            sound: chat.sound,
            max_attachment_mb: inbox.config.max_attachment_mb,
            locale,
        })
    }
}

/// Who the visitor is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetContact {
    /// The contact.
    pub id: Uuid,
    /// The name, if it is known.
    #[schema(required = true)]
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    #[schema(required = true)]
    pub email: Option<String>,
    /// Whether the host page proved who it is.
    pub identified: bool,
}

/// The start of a visit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetSession {
    /// What the visitor's calls carry as `Authorization: Visitor …`.
    pub token: String,
    /// When the token ends.
    pub expires_at: Timestamp,
    /// Who the visitor is.
    pub contact: WidgetContact,
    /// The visitor's conversations, the latest first.
    pub conversations: Vec<WidgetConversation>,
    /// Where the realtime connection goes on.
    pub realtime_seq: i64,
}

/// The last words of a conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetLastMessage {
    /// Who said it.
    pub author: AuthorKind,
    /// The beginning of it.
    pub preview: String,
    /// When.
    pub at: Timestamp,
}

/// The agent that a visitor talks to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetAgent {
    /// The name as shown.
    pub name: String,
}

/// A conversation as its visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetConversation {
    /// Its id.
    pub id: Uuid,
    /// Its state.
    pub state: State,
    /// The last words.
    #[schema(required = true)]
    pub last_message: Option<WidgetLastMessage>,
    /// The number of the last message.
    pub last_message_no: i64,
    /// Up to which message the visitor has read.
    pub read_no: i64,
    /// How many messages of the team are unread.
    pub unread: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// Who answers.
    #[schema(required = true)]
    pub agent: Option<WidgetAgent>,
}

/// Who wrote a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetAuthor {
    /// What kind of writer.
    pub kind: AuthorKind,
    /// The name as shown, unless the inbox hides it.
    #[schema(required = true)]
    pub name: Option<String>,
    /// Whether the visitor wrote it.
    pub mine: bool,
}

/// An attachment with addresses that its visitor may open for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetAttachment {
    #[serde(flatten)]
    attachment: Attachment,
    /// Where the file is.
    url: String,
    /// Where the thumbnail is.
    #[schema(required = true)]
    thumbnail_url: Option<String>,
}

impl WidgetAttachment {
    pub(super) fn new(attachment: Attachment, signature: &str) -> Self {
        let url = format!("/api/v1/widget/attachments/{}?sig={signature}", attachment.id);
        let thumbnail_url = attachment
            .has_thumbnail
            .then(|| format!("/api/v1/widget/attachments/{}/thumbnail?sig={signature}", attachment.id));
        Self { attachment, url, thumbnail_url }
    }
}

/// The message that another one answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetQuote {
    /// Its number.
    pub no: i64,
    /// Who wrote it.
    pub author_name: String,
    /// The beginning of it.
    pub preview: String,
}

/// A message as its visitor sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct WidgetMessage {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: MessageId,
    /// Its number; rising, with gaps where the team talks to itself.
    pub no: i64,
    /// Who wrote it.
    pub author: WidgetAuthor,
    /// Text with light Markdown.
    pub body: String,
    /// Its files.
    pub attachments: Vec<WidgetAttachment>,
    /// The message that it answers.
    #[schema(required = true)]
    pub quote: Option<WidgetQuote>,
    /// Whether it was taken back.
    pub recalled: bool,
    /// What happened, of a system line.
    #[schema(required = true)]
    pub system: Option<SystemLine>,
    /// The writer's own key, for one's own messages.
    #[schema(required = true)]
    pub client_key: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
}
