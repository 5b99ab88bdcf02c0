//! Writing, taking back and reading messages.

use std::collections::HashMap;

use heard_kernel::{Actor, ActorKind, Error, Result, Timestamp, preview};
use heard_platform::{
    directory::{self, acting_user},
    files::{self, Attachment, AttachmentId},
    teams::USER_UNKNOWN,
};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use super::{
    events::{MessagePosted, MessageRecalled},
    model::{AuthorKind, Message, MessageId, MessageKind, Posted, SystemLine, Words},
    rules::{self, PREVIEW},
    store,
};
use crate::{
    conversations::{
        self, ConversationId, Edit, LastMessage, State, StateWish, View, add_counts, check_not_merged,
        set_state_quietly, user_spoke,
    },
    inboxes::InboxId,
    rights,
};

pub use store::Range;

/// What becomes of the conversation after a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// It is done.
    Close,
    /// The customer is to act.
    Wait,
    /// It is set aside until `snoozed_until`; until tomorrow at this time when that is absent.
    Snooze,
}

impl Then {
    /// The state that is asked for with it.
    pub fn wish(self, snoozed_until: Option<Timestamp>, now: Timestamp) -> StateWish {
        const DAY_SECONDS: i64 = 24 * 3_600;
        let state = match self {
            Self::Close => State::Closed,
            Self::Wait => State::Waiting,
            Self::Snooze => State::Snoozed,
        };
        let tomorrow = (self == Self::Snooze).then(|| now.plus_seconds(DAY_SECONDS));
        StateWish { state, snoozed_until: snoozed_until.or(tomorrow) }
    }
}

/// A user writes to the contact, or a note to the team.
///
/// # Errors
/// `forbidden`, `not_found`, `conversation_merged`, `idempotency_key_reused`, `validation_failed`,
/// `attachment_not_usable`; the storage codes.
pub async fn post(
    tx: &Tx<'_>,
    id: ConversationId,
    kind: MessageKind,
    words: Words,
    then: Option<StateWish>,
) -> Result<Posted> {
    tx.actor().require(rights::REPLY)?;
    if kind == MessageKind::System {
        let allowed = [MessageKind::Text, MessageKind::Note];
        return Err(Error::field("kind", heard_web::codes::UNKNOWN_VALUE).with("allowed", allowed));
    }
    let words = rules::clean(kind, words)?;
    if let Some(message) = repeated(tx, tx.actor().id, kind, &words).await? {
        return Ok(Posted { message, fresh: false, loaded: None });
    }
    let mut edit = Edit::open(tx, id).await?;
    check_not_merged(&edit.after)?;
    if kind == MessageKind::Text {
        take_over(tx, &mut edit).await?;
        user_spoke(&mut edit.after);
    }
    let message = write(tx, &mut edit, Author::of(tx.actor()), kind, words, tx.now()).await?;
    if let Some(then) = then {
        follow(tx, &mut edit, then).await?;
    }
    if let Some(user) = acting_user(tx.actor()) {
        conversations::mark_all_read(tx, &mut edit, user).await?;
    }
    let loaded = edit.save_loaded(tx).await?;
    Ok(Posted { message, fresh: true, loaded: Some(loaded) })
}

/// The message that came under the same key before.
pub(crate) async fn repeated(
    tx: &Tx<'_>,
    author: Option<Uuid>,
    kind: MessageKind,
    words: &Words,
) -> Result<Option<Message>> {
    let (Some(author), Some(key)) = (author, words.client_key.as_deref()) else { return Ok(None) };
    let Some(earlier) = store::by_key(tx, author, key).await? else { return Ok(None) };
    rules::is_repeat(&earlier, kind, words)?;
    Ok(Some(earlier))
}

/// The message that another system handed in under the same id before.
pub(crate) async fn repeated_source(
    tx: &Tx<'_>,
    inbox: InboxId,
    external_id: &str,
    words: &Words,
) -> Result<Option<Message>> {
    let Some(earlier) = store::by_source(tx, inbox, external_id).await? else { return Ok(None) };
    rules::is_repeat(&earlier, MessageKind::Text, words)?;
    Ok(Some(earlier))
}

/// Who answers a conversation that nobody serves takes it; who answers a closed one opens it again.
async fn take_over(tx: &Tx<'_>, edit: &mut Edit) -> Result<()> {
    if edit.after.state == State::Closed {
        conversations::change_state(tx, edit, StateWish { state: State::Open, snoozed_until: None }).await?;
    }
    match acting_user(tx.actor()) {
        Some(user) if edit.after.assignee_id.is_none() => conversations::take(tx, edit, user).await,
        _ => Ok(()),
    }
}

async fn follow(tx: &Tx<'_>, edit: &mut Edit, wish: StateWish) -> Result<()> {
    match wish.state {
        State::Closed => tx.actor().require(rights::CLOSE)?,
        State::Waiting => return set_state_quietly(&mut edit.after, wish, tx.now()).map(drop),
        State::Open | State::Snoozed => {}
    }
    conversations::change_state(tx, edit, wish).await
}

/// Who says something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Author {
    pub(crate) kind: AuthorKind,
    pub(crate) id: Option<Uuid>,
}

impl Author {
    /// The acting user, contact or bot.
    pub(crate) fn of(actor: &Actor) -> Self {
        Self { kind: actor.kind.into(), id: actor.id }
    }
}

/// Adds what somebody says as the next message. The words are clean already.
pub(crate) async fn write(
    tx: &Tx<'_>,
    edit: &mut Edit,
    author: Author,
    kind: MessageKind,
    words: Words,
    at: Timestamp,
) -> Result<Message> {
    check_quote(tx, edit.after.id, author.kind, words.quote_id).await?;
    let id: MessageId = tx.new_id();
    let files = if words.attachment_ids.is_empty() {
        Vec::new()
    } else {
        files::link_to_message(tx, &words.attachment_ids, edit.after.id.0, id.0).await?
    };
    let message = Message {
        id,
        conversation_id: edit.after.id,
        no: edit.after.last_message_no + 1,
        kind,
        public: kind == MessageKind::Text,
        author_kind: author.kind,
        author_id: author.id,
        body: words.body,
        attachment_count: i64::try_from(files.len()).unwrap_or(0),
        quote_id: words.quote_id,
        mentions: words.mentions,
        client_key: words.client_key,
        system: None,
        form: words.form,
        recalled_at: None,
        created_at: at,
    };
    append(tx, edit, &message, &files).await?;
    mention(tx, edit, &message).await?;
    Ok(message)
}

/// Adds a line that tells what happened.
pub(crate) async fn say(tx: &Tx<'_>, edit: &mut Edit, line: SystemLine) -> Result<()> {
    let message = Message {
        id: tx.new_id(),
        conversation_id: edit.after.id,
        no: edit.after.last_message_no + 1,
        kind: MessageKind::System,
        public: line.is_public(),
        author_kind: AuthorKind::System,
        author_id: None,
        body: String::new(),
        attachment_count: 0,
        quote_id: None,
        mentions: Vec::new(),
        client_key: None,
        system: Some(line),
        form: None,
        recalled_at: None,
        created_at: tx.now(),
    };
    append(tx, edit, &message, &[]).await
}

async fn append(tx: &Tx<'_>, edit: &mut Edit, message: &Message, files: &[Attachment]) -> Result<()> {
    let after = &mut edit.after;
    after.last_message_no = message.no;
    if message.kind != MessageKind::System {
        after.last = Some(last_of(message, files));
        after.active_at = after.active_at.max(tx.now());
    }
    store::insert(tx, message).await?;
    tx.emit(&MessagePosted::new(after, message))
}

fn last_of(message: &Message, files: &[Attachment]) -> LastMessage {
    let text = match (message.body.is_empty(), files.first()) {
        (true, Some(file)) => format!("📎 {}", file.name),
        _ => message.body.clone(),
    };
    LastMessage {
        id: message.id,
        author: message.author_kind,
        preview: preview(&text, PREVIEW),
        at: message.created_at,
        note: message.kind == MessageKind::Note,
    }
}

async fn check_quote(
    tx: &Tx<'_>,
    conversation: ConversationId,
    author: AuthorKind,
    quote: Option<MessageId>,
) -> Result<()> {
    let Some(quote) = quote else { return Ok(()) };
    let refused = || Error::field("quote_id", rules::QUOTE_INVALID);
    let quoted = store::one(tx, conversation, quote).await?.ok_or_else(refused)?;
    if author == AuthorKind::Contact && !quoted.public { Err(refused()) } else { Ok(()) }
}

/// Remembers whom a note names. Who is named takes part from then on, so that they can see what it is about.
async fn mention(tx: &Tx<'_>, edit: &Edit, message: &Message) -> Result<()> {
    if message.mentions.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = message.mentions.iter().map(|user| user.0).collect();
    let known = directory::user_refs(tx, &ids).await?;
    let mut steps = std::collections::BTreeMap::new();
    for user in &message.mentions {
        if !known.contains_key(&user.0) {
            return Err(Error::field("mentions", USER_UNKNOWN).with("id", user));
        }
        if store::add_mention(tx, *user, message).await? == 0 {
            steps.insert((View::Mentions, user.0), 1);
        }
        conversations::let_take_part(tx, edit.after.id, *user).await?;
    }
    add_counts(tx, &steps).await
}

/// The writer takes a message back. That there was one stays; its content is removed everywhere.
///
/// # Errors
/// `not_found`, `recall_not_own`, `recall_too_late`; the storage codes.
pub async fn recall(tx: &Tx<'_>, conversation: ConversationId, id: MessageId) -> Result<Message> {
    let mut edit = Edit::open(tx, conversation).await?;
    let message = store::one(tx, conversation, id).await?.ok_or_else(|| Error::not_found("message"))?;
    if message.recalled_at.is_some() {
        return Ok(message);
    }
    rules::check_recall(tx.actor(), &message, tx.now())?;
    store::recall(tx, id, tx.now()).await?;
    let relieved = store::remove_mentions(tx, &message).await?;
    add_counts(tx, &relieved.into_iter().map(|user| ((View::Mentions, user.0), -1)).collect()).await?;
    let recalled = Message {
        body: String::new(),
        attachment_count: 0,
        form: None,
        mentions: Vec::new(),
        recalled_at: Some(tx.now()),
        ..message
    };
    if let Some(last) = edit.after.last.as_mut().filter(|last| last.id == id) {
        last.preview = String::new();
    }
    tx.emit(&MessageRecalled {
        conversation_id: conversation,
        message_id: id,
        no: recalled.no,
        public: recalled.public,
        inbox_id: edit.after.inbox_id,
        contact_id: edit.after.contact_id,
        assignee_id: edit.after.assignee_id,
        team_id: edit.after.team_id,
    })?;
    edit.save(tx).await?;
    Ok(recalled)
}

/// Messages with what they refer to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shown {
    /// The messages, in rising order.
    pub messages: Vec<Message>,
    /// Attachments by message.
    pub attachments: HashMap<Uuid, Vec<Attachment>>,
    /// Messages that are quoted.
    pub quoted: HashMap<MessageId, Message>,
}

impl Shown {
    /// A message as it is, when it refers to nothing that must be read.
    pub fn at_once(message: &Message) -> Option<Self> {
        let alone = message.attachment_count == 0 && message.quote_id.is_none();
        alone.then(|| Self { messages: vec![message.clone()], ..Self::default() })
    }
}

/// Adds attachments and quoted messages.
///
/// # Errors
/// The storage codes.
pub async fn with_context(tx: &StoreTx<'_>, messages: Vec<Message>) -> Result<Shown> {
    let with_files = messages.iter().filter(|m| m.attachment_count > 0 && m.recalled_at.is_none());
    let ids: Vec<_> = with_files.map(|message| message.id.0).collect();
    let attachments = files::attachments_of_messages(tx, &ids).await?;
    let quotes: Vec<_> = messages.iter().filter_map(|message| message.quote_id).collect();
    let quoted = store::by_id(tx, &quotes).await?;
    Ok(Shown { messages, attachments, quoted })
}

/// Messages of a conversation that the actor sees, with how far the contact is. A contact sees public ones only.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn page(
    tx: &StoreTx<'_>,
    actor: &Actor,
    id: ConversationId,
    range: Range,
    limit: usize,
) -> Result<(conversations::Loaded, Shown)> {
    let public_only = actor.kind == ActorKind::Contact;
    if !public_only {
        actor.require(rights::READ)?;
    }
    let loaded = conversations::visible(tx, actor, id).await?;
    let messages = store::page(tx, id, range, public_only, limit.clamp(1, 200)).await?;
    Ok((loaded, with_context(tx, messages).await?))
}

/// One message of a conversation that the actor sees.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn one(
    tx: &StoreTx<'_>,
    actor: &Actor,
    conversation: ConversationId,
    id: MessageId,
) -> Result<Message> {
    conversations::visible(tx, actor, conversation).await?;
    let found = store::one(tx, conversation, id).await?;
    let seen = found.filter(|message| message.public || actor.kind != ActorKind::Contact);
    seen.ok_or_else(|| Error::not_found("message"))
}

/// Messages by their ids, in no order, for callers that know who asks.
///
/// # Errors
/// The storage codes.
pub async fn by_ids(tx: &StoreTx<'_>, ids: &[MessageId]) -> Result<Vec<Message>> {
    Ok(store::by_id(tx, ids).await?.into_values().collect())
}

/// Fails unless the actor sees the message that an attachment belongs to. Attachments of recalled messages are gone.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn check_attachment(
    tx: &StoreTx<'_>,
    actor: &Actor,
    conversation: ConversationId,
    message: MessageId,
    attachment: AttachmentId,
) -> Result<()> {
    let gone = || Error::not_found("attachment").with("id", attachment);
    let found = one(tx, actor, conversation, message).await.map_err(|_| gone())?;
    if found.recalled_at.is_some() { Err(gone()) } else { Ok(()) }
}
