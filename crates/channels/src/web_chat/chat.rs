//! What visitors say and read.

use std::collections::HashMap;

use heard_desk::{
    contacts::{self, Profile},
    conversations::{self, ConversationId},
    inbound::{self, Destination, Inbound, Own},
    inboxes::{self, Inbox},
    messages::{self, AuthorKind, Message, MessageId, Range, Shown, SystemLine, Words},
};
use heard_kernel::{Error, Locale, Result, preview};
use heard_platform::{directory, files::AttachmentId};
use heard_runtime::Ctx;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    attachments,
    codes::IDENTITY_REQUIRED,
    extract::{Shared, VisitorAuth},
    form,
    model::{
        WidgetAgent, WidgetAttachment, WidgetAuthor, WidgetConversation, WidgetLastMessage, WidgetMessage,
        WidgetQuote,
    },
};

/// Characters of the last words that a list shows.
const PREVIEW: usize = 120;

/// What a visitor says.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetWords)]
pub(super) struct Said {
    /// Text with light Markdown.
    #[serde(default)]
    pub(super) body: String,
    /// Files that were sent before.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub(super) attachment_ids: Vec<AttachmentId>,
    /// The message that it answers.
    #[schema(value_type = Option<String>)]
    pub(super) quote_id: Option<MessageId>,
}

/// A conversation that a visitor begins.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetOpen)]
pub(super) struct Opening {
    /// The visitor's own key for the first message.
    pub(super) client_key: String,
    /// The first message.
    pub(super) message: Said,
    /// The answers to what was asked before the chat.
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub(super) form: Option<Map<String, Value>>,
    /// The form for when nobody is there.
    #[serde(default)]
    pub(super) offline: bool,
    /// The page that the widget is on.
    pub(super) page_url: Option<String>,
    /// The visitor's language.
    pub(super) locale: Option<Locale>,
}

/// A conversation with its first message.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WidgetOpened)]
pub(super) struct Opened {
    pub(super) conversation: WidgetConversation,
    pub(super) message: WidgetMessage,
}

async fn inbox_of(ctx: &Ctx, visitor: &VisitorAuth) -> Result<Inbox> {
    let id = visitor.inbox();
    ctx.read(async move |tx| inboxes::get(tx, id).await).await
}

/// Begins a conversation.
///
/// # Errors
/// `validation_failed`, `identity_required`, `contact_blocked`, `inbox_paused`, `attachment_not_usable`,
/// `idempotency_key_reused`; the storage codes.
pub(super) async fn open(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    opening: Opening,
) -> Result<Opened> {
    let inbox = inbox_of(ctx, visitor).await?;
    let Some(chat) = &inbox.config.web_chat else { return Err(Error::not_found("inbox")) };
    if chat.identity_required && !visitor.visitor.verified {
        return Err(Error::new(IDENTITY_REQUIRED));
    }
    // Whoever is known already has been asked before.
    let (form, mut profile) = form::check(&chat.prechat, opening.form, opening.offline)?;
    profile.locale = opening.locale.map(|locale| locale.as_str().to_owned());
    let words = Words {
        body: opening.message.body,
        attachment_ids: opening.message.attachment_ids,
        quote_id: opening.message.quote_id,
        client_key: Some(opening.client_key),
        form: (!form.is_empty()).then_some(form),
        ..Words::default()
    };
    let mut inbound = Inbound::new(visitor.inbox(), visitor.contact(), Destination::New, words);
    inbound.page_url = opening.page_url;
    inbound.locale.clone_from(&profile.locale);
    inbound.offline = opening.offline;
    let message = receive(ctx, visitor, inbound, profile).await?;
    let id = message.conversation_id;
    let contact = visitor.contact();
    let own = ctx.read(async move |tx| inbound::own_conversation(tx, contact, id).await).await?;
    let conversation = shown_conversations(ctx, &inbox, vec![own]).await?.into_iter().next();
    let conversation = conversation.ok_or_else(|| Error::not_found("conversation"))?;
    let message = shown_one(ctx, shared, visitor, message).await?;
    Ok(Opened { conversation, message })
}

/// Adds a message to a conversation.
///
/// # Errors
/// As [`open`], and `not_found`.
pub(super) async fn say(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    conversation: ConversationId,
    client_key: String,
    said: Said,
) -> Result<WidgetMessage> {
    let words = Words {
        body: said.body,
        attachment_ids: said.attachment_ids,
        quote_id: said.quote_id,
        client_key: Some(client_key),
        ..Words::default()
    };
    let to = Destination::Conversation(conversation);
    let inbound = Inbound::new(visitor.inbox(), visitor.contact(), to, words);
    let message = receive(ctx, visitor, inbound, Profile::default()).await?;
    shown_one(ctx, shared, visitor, message).await
}

async fn receive(ctx: &Ctx, visitor: &VisitorAuth, inbound: Inbound, profile: Profile) -> Result<Message> {
    let received = ctx
        .tx(&visitor.actor, async move |tx| {
            contacts::arrive(tx, inbound.contact_id, inbound.inbox_id, profile.clone()).await?;
            inbound::receive(tx, inbound.clone()).await
        })
        .await?;
    Ok(received.message)
}

/// Messages of one's own conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WidgetMessages)]
pub(super) struct Messages {
    /// The messages, in rising order.
    pub(super) items: Vec<WidgetMessage>,
    /// The number of the last message of the conversation.
    pub(super) last_no: i64,
    /// Up to which message the team has read.
    pub(super) agent_read_no: i64,
}

/// Reads messages, and notes that they have reached the visitor.
///
/// # Errors
/// `not_found`; the storage codes.
pub(super) async fn read(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    id: ConversationId,
    range: Range,
    limit: usize,
) -> Result<Messages> {
    let actor = visitor.actor.clone();
    let (loaded, shown) =
        ctx.read(async move |tx| messages::page(tx, &actor, id, range, limit).await).await?;
    let conversation = &loaded.conversation;
    let reached = shown.messages.last().map(|message| message.no);
    if let Some(no) = reached.filter(|no| *no > conversation.contact_delivered_no) {
        let id = conversation.id;
        ctx.tx(&visitor.actor, async move |tx| conversations::contact_progress(tx, id, Some(no), None).await)
            .await?;
    }
    let (last_no, agent_read_no) = (conversation.last_message_no, conversation.agent_read_no);
    let items = shown_messages(ctx, shared, visitor, shown).await?;
    Ok(Messages { items, last_no, agent_read_no })
}

async fn shown_one(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    message: Message,
) -> Result<WidgetMessage> {
    let shown = match Shown::at_once(&message) {
        Some(shown) => shown,
        None => ctx.read(async move |tx| messages::with_context(tx, vec![message.clone()]).await).await?,
    };
    let items = shown_messages(ctx, shared, visitor, shown).await?;
    items.into_iter().next().ok_or_else(|| Error::internal("a message got lost on the way to its visitor"))
}

/// Messages as their visitor sees them.
///
/// # Errors
/// The storage codes.
pub(super) async fn shown_messages(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    shown: Shown,
) -> Result<Vec<WidgetMessage>> {
    let told = || shown.messages.iter().chain(shown.quoted.values());
    // Visitors' own words need neither the inbox nor names.
    let names = if told().all(|message| message.author_kind == AuthorKind::Contact) {
        Names::default()
    } else {
        let users = told().filter(|message| message.author_kind == AuthorKind::User);
        let users = users.filter_map(|message| message.author_id).collect();
        Names::of(ctx, &inbox_of(ctx, visitor).await?, users).await?
    };
    let signature = attachments::sign(shared, visitor.contact(), ctx.now());
    let mut attached = shown.attachments;
    let quoted = shown.quoted;
    Ok(shown
        .messages
        .into_iter()
        .map(|message| {
            let files = attached.remove(&message.id.0).unwrap_or_default();
            let quote =
                message.quote_id.and_then(|id| quoted.get(&id)).filter(|quote| quote.public).map(|quote| {
                    WidgetQuote {
                        no: quote.no,
                        author_name: names.of_author(quote).unwrap_or_default(),
                        preview: preview(&quote.body, PREVIEW),
                    }
                });
            let mine = inbound::is_own(&message);
            WidgetMessage {
                id: message.id,
                no: message.no,
                author: WidgetAuthor { kind: message.author_kind, name: names.of_author(&message), mine },
                attachments: files.into_iter().map(|file| WidgetAttachment::new(file, &signature)).collect(),
                quote,
                recalled: message.recalled_at.is_some(),
                system: message.system.map(|line| names.of_line(line)),
                client_key: message.client_key.filter(|_| mine),
                body: message.body,
                created_at: message.created_at,
            }
        })
        .collect())
}

/// Conversations as their visitor sees them.
///
/// # Errors
/// The storage codes.
pub(super) async fn shown_conversations(
    ctx: &Ctx,
    inbox: &Inbox,
    own: Vec<Own>,
) -> Result<Vec<WidgetConversation>> {
    let agents =
        own.iter().filter_map(|own| own.loaded.conversation.assignee_id).map(|user| user.0).collect();
    let names = Names::of(ctx, inbox, agents).await?;
    Ok(own
        .into_iter()
        .map(|own| {
            let conversation = own.loaded.conversation;
            let agent = conversation.assignee_id.and_then(|user| names.of_user(user.0));
            WidgetConversation {
                id: conversation.id.0,
                state: conversation.state,
                last_message: own.last.map(|message| WidgetLastMessage {
                    author: message.author_kind,
                    preview: preview(&message.body, PREVIEW),
                    at: message.created_at,
                }),
                last_message_no: conversation.last_message_no,
                read_no: conversation.contact_read_no,
                unread: own.unread,
                created_at: conversation.created_at,
                agent: agent.map(|name| WidgetAgent { name }),
            }
        })
        .collect())
}

/// Names of agents as visitors see them: none, when the inbox hides them.
#[derive(Default)]
struct Names {
    users: HashMap<Uuid, String>,
    brand: String,
    hidden: bool,
}

impl Names {
    async fn of(ctx: &Ctx, inbox: &Inbox, mut users: Vec<Uuid>) -> Result<Self> {
        let chat = inbox.config.web_chat.as_ref();
        let brand = chat.map(|chat| chat.brand_name.clone()).unwrap_or_default();
        let hidden = chat.is_some_and(|chat| !chat.show_agent_name);
        users.sort_unstable();
        users.dedup();
        if users.is_empty() || hidden {
            return Ok(Self { users: HashMap::new(), brand, hidden });
        }
        let refs = ctx.read(async move |tx| directory::user_refs(tx, &users).await).await?;
        Ok(Self { users: refs.into_iter().map(|(id, user)| (id, user.name)).collect(), brand, hidden })
    }

    fn of_line(&self, line: SystemLine) -> SystemLine {
        line.for_contact(!self.hidden)
    }

    fn of_user(&self, id: Uuid) -> Option<String> {
        self.users.get(&id).cloned().or_else(|| Some(self.brand.clone()).filter(|brand| !brand.is_empty()))
    }

    fn of_author(&self, message: &Message) -> Option<String> {
        match (message.author_kind, message.author_id) {
            (AuthorKind::User, Some(id)) => self.of_user(id),
            (AuthorKind::User | AuthorKind::Bot, _) => Some(self.brand.clone()),
            _ => None,
        }
    }
}
