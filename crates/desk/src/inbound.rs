//! The port through which channels hand in what contacts say, and what they show to contacts.
//!
//! A channel finds out who writes (`contacts::resolve`), stores files, and calls [`receive`] in one transaction. The same
//! message handed in twice has one effect.

use heard_kernel::{Actor, Error, Result, Timestamp, clean_name};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use crate::{
    contacts::{self, CONTACT_BLOCKED, ContactId},
    conversations::{self, Beginning, ConversationId, Edit, Loaded, contact_spoke, goes_on},
    inboxes::{INBOX_PAUSED, InboxId, InboxState},
    messages::{self, Author, AuthorKind, Message, MessageKind, SystemLine, Words},
};

/// Where a message of a contact goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// This conversation, or the one that it was merged into. When it has been closed for long, a new one.
    Conversation(ConversationId),
    /// The latest conversation of this name in the inbox, or a new one of this name.
    Named(String),
    /// The latest conversation in the inbox, or a new one.
    Latest,
    /// A new conversation.
    New,
}

/// What a contact says.
#[derive(Clone, PartialEq, Debug)]
pub struct Inbound {
    /// Where it came in.
    pub inbox_id: InboxId,
    /// Who says it.
    pub contact_id: ContactId,
    /// Where it goes.
    pub to: Destination,
    /// What is said.
    pub words: Words,
    /// What the delivering system calls the message.
    pub external_id: Option<String>,
    /// When it was said, when that was earlier.
    pub at: Option<Timestamp>,
    /// What a new conversation is about.
    pub subject: Option<String>,
    /// The page that it was said on.
    pub page_url: Option<String>,
    /// The contact's language.
    pub locale: Option<String>,
    /// It was left while nobody was there.
    pub offline: bool,
}

impl Inbound {
    /// Words of a contact without anything special about them.
    pub fn new(inbox_id: InboxId, contact_id: ContactId, to: Destination, words: Words) -> Self {
        Self {
            inbox_id,
            contact_id,
            to,
            words,
            external_id: None,
            at: None,
            subject: None,
            page_url: None,
            locale: None,
            offline: false,
        }
    }
}

/// What became of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Received {
    /// The conversation that it went to.
    pub conversation_id: ConversationId,
    /// The message.
    pub message: Message,
    /// Whether it is new; otherwise it was handed in before.
    pub fresh: bool,
    /// Whether the conversation began with it.
    pub opened: bool,
}

/// Takes in what a contact says.
///
/// # Errors
/// `contact_blocked`, `inbox_paused`, `not_found`, `idempotency_key_reused`, `validation_failed`,
/// `attachment_not_usable`; the storage codes.
pub async fn receive(tx: &Tx<'_>, inbound: Inbound) -> Result<Received> {
    let words = messages::clean(MessageKind::Text, inbound.words.clone())?;
    if let Some(message) = earlier(tx, &inbound, &words).await? {
        return Ok(Received {
            conversation_id: message.conversation_id,
            message,
            fresh: false,
            opened: false,
        });
    }
    let (mut edit, opened) = destination(tx, &inbound).await?;
    if edit.around.contact_blocked {
        return Err(Error::new(CONTACT_BLOCKED));
    }
    if edit.around.inbox_state == InboxState::Paused {
        return Err(Error::new(INBOX_PAUSED));
    }
    if inbound.offline {
        messages::say(tx, &mut edit, SystemLine::new("offline_form")).await?;
    }
    let at = inbound.at.map_or(tx.now(), |at| at.min(tx.now()));
    let shift = contact_spoke(&mut edit.after, at);
    conversations::say_shift(tx, &mut edit, shift).await?;
    if edit.after.page_url.is_none() {
        edit.after.page_url = contacts::clean_page_url(inbound.page_url)?;
    }
    let author = Author { kind: AuthorKind::Contact, id: Some(inbound.contact_id.0) };
    let message = messages::write(tx, &mut edit, author, MessageKind::Text, words, at).await?;
    if let Some(external_id) = &inbound.external_id {
        messages::store::add_source(tx, inbound.inbox_id, external_id, message.id).await?;
    }
    let conversation = edit.save(tx).await?;
    Ok(Received { conversation_id: conversation.id, message, fresh: true, opened })
}

/// The same message, when it was handed in before.
async fn earlier(tx: &Tx<'_>, inbound: &Inbound, words: &Words) -> Result<Option<Message>> {
    match &inbound.external_id {
        Some(external_id) => messages::repeated_source(tx, inbound.inbox_id, external_id, words).await,
        None => messages::repeated(tx, Some(inbound.contact_id.0), MessageKind::Text, words).await,
    }
}

async fn destination(tx: &Tx<'_>, inbound: &Inbound) -> Result<(Edit, bool)> {
    let named = match &inbound.to {
        Destination::Named(name) => Some(clean_name("conversation_ref", name, 200)?),
        _ => None,
    };
    let known = match &inbound.to {
        Destination::Conversation(id) => Some(*id),
        Destination::Named(_) | Destination::Latest => latest(tx, inbound, named.as_deref()).await?,
        Destination::New => None,
    };
    if let Some(edit) = going_on(tx, inbound, known).await? {
        return Ok((edit, false));
    }
    if matches!(inbound.to, Destination::Named(_) | Destination::Latest) {
        // Two messages at once must not begin two conversations: the second finds that of the first.
        contacts::hold(tx, inbound.contact_id).await?;
        let begun = latest(tx, inbound, named.as_deref()).await?.filter(|id| Some(*id) != known);
        if let Some(edit) = going_on(tx, inbound, begun).await? {
            return Ok((edit, false));
        }
    }
    let beginning = Beginning {
        subject: contacts::optional_name("subject", inbound.subject.clone(), 200)?,
        external_ref: named,
        page_url: contacts::clean_page_url(inbound.page_url.clone())?,
        locale: contacts::optional_name("locale", inbound.locale.clone(), 35)?,
        custom: inbound.words.form.clone().unwrap_or_default(),
    };
    let edit = conversations::begin(tx, inbound.inbox_id, inbound.contact_id, beginning).await?;
    Ok((edit, true))
}

async fn latest(tx: &Tx<'_>, inbound: &Inbound, named: Option<&str>) -> Result<Option<ConversationId>> {
    conversations::store::latest(tx, inbound.inbox_id, inbound.contact_id, named).await
}

/// Takes a conversation to change it, unless it has been closed for long.
async fn going_on(tx: &Tx<'_>, inbound: &Inbound, id: Option<ConversationId>) -> Result<Option<Edit>> {
    let Some(id) = id else { return Ok(None) };
    let edit = follow(tx, id, inbound.contact_id).await?;
    Ok(Some(edit).filter(|edit| goes_on(&edit.after, tx.now())))
}

/// Takes a contact's conversation to change it, or the one that it is part of now.
async fn follow(tx: &Tx<'_>, id: ConversationId, contact: ContactId) -> Result<Edit> {
    let mut edit = Edit::hold(tx, id).await?;
    // Merges form chains without circles: a merged conversation can be neither source nor target of another merge.
    while let Some(into) = edit.after.merged_into {
        edit = Edit::hold(tx, into).await?;
    }
    if edit.after.contact_id == contact { Ok(edit) } else { Err(Error::not_found("conversation")) }
}

/// A conversation as its contact sees it in a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    /// The conversation with its inbox.
    pub loaded: Loaded,
    /// The last message that the contact sees.
    pub last: Option<Message>,
    /// How many messages of the team the contact has not read.
    pub unread: i64,
}

/// Conversations that a contact is shown at most.
const SHOWN: usize = 50;

/// The contact's conversations in an inbox, the latest first.
///
/// # Errors
/// The storage codes.
pub async fn own_conversations(tx: &StoreTx<'_>, contact: ContactId, inbox: InboxId) -> Result<Vec<Own>> {
    with_last(tx, conversations::store::of_contact(tx, contact, inbox, SHOWN).await?).await
}

/// One conversation of a contact; the one that it was merged into when it was.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn own_conversation(tx: &StoreTx<'_>, contact: ContactId, id: ConversationId) -> Result<Own> {
    let actor = Actor::contact(contact.0);
    let loaded = conversations::visible(tx, &actor, id).await?;
    with_last(tx, vec![loaded]).await?.pop().ok_or_else(|| Error::not_found("conversation"))
}

/// Adds what stands last and what is unread, with one question for each.
async fn with_last(tx: &StoreTx<'_>, found: Vec<Loaded>) -> Result<Vec<Own>> {
    let read = |loaded: &Loaded| (loaded.conversation.id, loaded.conversation.contact_read_no);
    let places: Vec<_> = found.iter().map(read).collect();
    let mut last = messages::store::last_public(tx, &places).await?;
    let unread = messages::store::answers_after(tx, &places).await?;
    let own = |loaded: Loaded| {
        let id = loaded.conversation.id;
        Own { last: last.remove(&id), unread: unread.get(&id).copied().unwrap_or(0), loaded }
    };
    Ok(found.into_iter().map(own).collect())
}

/// A message of a contact is never the team's: who wrote is known by the kind of author, so that conversations keep
/// their look when contacts become one.
pub fn is_own(message: &Message) -> bool {
    message.author_kind == AuthorKind::Contact
}

/// The conversation that a user or contact may attach files to, as an id for the upload.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn check_upload(tx: &StoreTx<'_>, actor: &Actor, id: ConversationId) -> Result<Uuid> {
    Ok(conversations::visible(tx, actor, id).await?.conversation.id.0)
}
