//! Handing in messages and fetching answers.

use std::collections::HashMap;

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use heard_desk::{
    contacts::{self, Claim, IdentityKind, Profile},
    conversations::{self, ConversationId},
    inbound::{self, Destination, Inbound},
    inboxes::{self, Inbox, InboxId, InboxKind},
    messages::{self, AuthorKind, Message, MessageId, Words},
};
use heard_kernel::{Actor, Code, Error, REQUIRED, Result};
use heard_platform::{
    directory,
    files::{self, AttachmentId, NewUpload, Purpose},
};
use heard_runtime::Ctx;
use heard_store::Tx;
use uuid::Uuid;

use super::{
    model::{ChannelContact, ChannelFile, ChannelPost, ChannelReceipt, ChannelReplies, ChannelReply},
    store,
};
use crate::rights;

/// Not Base64.
pub(super) const BASE64_MALFORMED: Code = Code::new("base64_malformed", 422);

/// Events that one call looks through.
const LOOK_AT: usize = 1_000;

async fn inbox(ctx: &Ctx, id: InboxId) -> Result<Inbox> {
    let inbox = ctx.read(async move |tx| inboxes::get(tx, id).await).await?;
    if inbox.kind == InboxKind::Api { Ok(inbox) } else { Err(Error::not_found("inbox")) }
}

/// Takes in a customer's message.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`, `contact_blocked`, `inbox_paused`, `idempotency_key_reused`,
/// `attachment_too_large`, `attachment_kind_refused`; the storage codes.
pub(super) async fn receive(
    ctx: &Ctx,
    actor: &Actor,
    id: InboxId,
    post: ChannelPost,
) -> Result<ChannelReceipt> {
    actor.require(rights::POST)?;
    let inbox = inbox(ctx, id).await?;
    let (claims, profile) = who(post.contact)?;
    let contact =
        ctx.tx(actor, async move |tx| contacts::resolve(tx, claims.clone(), profile.clone()).await).await?;
    // From here on it is the contact who speaks, so that files and message are theirs.
    let mut speaker = Actor::contact(contact.id.0);
    speaker.address.clone_from(&actor.address);
    let attachment_ids = take_files(ctx, &speaker, &inbox, post.attachments).await?;
    let words = Words { body: post.body, attachment_ids, form: post.form, ..Words::default() };
    let to = post.conversation_ref.map_or(Destination::Latest, Destination::Named);
    let mut message = Inbound::new(inbox.id, contact.id, to, words);
    message.external_id = Some(post.external_id);
    message.subject = post.subject;
    message.at = post.at;
    let received = ctx.tx(&speaker, async move |tx| inbound::receive(tx, message.clone()).await).await?;
    Ok(ChannelReceipt {
        conversation_id: received.conversation_id,
        message_id: received.message.id,
        no: received.message.no,
    })
}

fn who(contact: ChannelContact) -> Result<(Vec<Claim>, Profile)> {
    let mut claims = Vec::new();
    // Another system's word for its own user is proof; an address that somebody typed is not.
    claims.extend(contact.external_id.map(|value| Claim::new(IdentityKind::External, value, true)));
    claims.extend(contact.email.clone().map(|value| Claim::new(IdentityKind::Email, value, false)));
    claims.extend(contact.phone.clone().map(|value| Claim::new(IdentityKind::Phone, value, false)));
    if claims.is_empty() {
        return Err(Error::field("contact.external_id", REQUIRED));
    }
    let profile =
        Profile { name: contact.name, email: contact.email, phone: contact.phone, ..Profile::default() };
    Ok((claims, profile))
}

async fn take_files(
    ctx: &Ctx,
    speaker: &Actor,
    inbox: &Inbox,
    given: Vec<ChannelFile>,
) -> Result<Vec<AttachmentId>> {
    let mut ids = Vec::with_capacity(given.len());
    for (index, file) in given.into_iter().enumerate() {
        let text = file.content_base64.trim().trim_end_matches('=');
        let bytes = BASE64_STANDARD_NO_PAD
            .decode(text)
            .map_err(|_| Error::field(format!("attachments[{index}].content_base64"), BASE64_MALFORMED))?;
        let new = NewUpload {
            name: file.name,
            size: bytes.len() as u64,
            purpose: Purpose::Message,
            conversation_id: None,
            limit: u64::from(inbox.config.max_attachment_mb) * 1024 * 1024,
            kinds: inbox.config.attachment_kinds.clone(),
        };
        ids.push(files::store_bytes(ctx, speaker, new, bytes.into()).await?.id);
    }
    Ok(ids)
}

/// What the team answered after a place in the log.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(super) async fn replies(ctx: &Ctx, actor: &Actor, id: InboxId, after: i64) -> Result<ChannelReplies> {
    actor.require(rights::POST)?;
    inbox(ctx, id).await?;
    let events = ctx.read(async move |tx| store::posted_after(tx, after, LOOK_AT).await).await?;
    let next_after = events.last().map_or(after, |(seq, _)| *seq);
    let answers: HashMap<MessageId, i64> =
        events.iter().filter_map(|(seq, data)| Some((answer_in(data, id)?, *seq))).collect();
    if answers.is_empty() {
        return Ok(ChannelReplies { items: Vec::new(), next_after });
    }
    let items = ctx.read(async move |tx| shown(tx, &answers).await).await?;
    Ok(ChannelReplies { items, next_after })
}

/// The message of an event, when it is the team's answer in the inbox.
fn answer_in(data: &serde_json::Value, inbox: InboxId) -> Option<MessageId> {
    let text = |name: &str| data.get(name).and_then(serde_json::Value::as_str);
    let public = data.get("public").and_then(serde_json::Value::as_bool)?;
    let spoken = text("kind")? == "text" && matches!(text("author_kind")?, "user" | "bot");
    let here = text("inbox_id")?.parse::<Uuid>().ok()? == inbox.0;
    (public && spoken && here).then_some(())?;
    text("message_id")?.parse().ok()
}

/// Answers with their places in the log, in that order.
async fn shown(tx: &Tx<'_>, answers: &HashMap<MessageId, i64>) -> Result<Vec<ChannelReply>> {
    let ids: Vec<MessageId> = answers.keys().copied().collect();
    let found = messages::by_ids(tx, &ids).await?;
    let mut shown = messages::with_context(tx, found).await?;
    let mut conversations: Vec<ConversationId> =
        shown.messages.iter().map(|message| message.conversation_id).collect();
    conversations.sort_unstable();
    conversations.dedup();
    let refs = conversations::external_refs(tx, &conversations).await?;
    let by_user = |message: &Message| message.author_id.filter(|_| message.author_kind == AuthorKind::User);
    let mut users: Vec<Uuid> = shown.messages.iter().filter_map(by_user).collect();
    users.sort_unstable();
    users.dedup();
    let names = directory::user_refs(tx, &users).await?;
    let mut items: Vec<ChannelReply> = Vec::with_capacity(answers.len());
    for message in shown.messages {
        let author = by_user(&message).and_then(|user| names.get(&user));
        items.push(ChannelReply {
            seq: answers.get(&message.id).copied().unwrap_or_default(),
            conversation_id: message.conversation_id,
            conversation_ref: refs.get(&message.conversation_id).cloned(),
            message_id: message.id,
            no: message.no,
            author: message.author_kind,
            author_name: author.map(|user| user.name.clone()).unwrap_or_default(),
            attachments: shown.attachments.remove(&message.id.0).unwrap_or_default(),
            recalled: message.recalled_at.is_some(),
            body: message.body,
            created_at: message.created_at,
        });
    }
    items.sort_unstable_by_key(|item| item.seq);
    Ok(items)
}
