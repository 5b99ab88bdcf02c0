//! Who may send and see files.

use heard_kernel::{Actor, Error, REQUIRED, Result};
use heard_platform::files::{self, NewUpload, Purpose, StoredAttachment, Upload};
use heard_runtime::Ctx;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    conversations::{self, ConversationId},
    inboxes::{self, InboxId},
    messages, rights,
};

/// Bytes of a picture of a user or a brand.
const PICTURE_LIMIT: u64 = 5 * 1024 * 1024;
/// Kinds of pictures that every browser shows.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/// A file that a user is about to send.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewUpload)]
pub struct NewFile {
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What it is for.
    pub purpose: Purpose,
    /// The conversation that it is for, with purpose `message`.
    pub conversation_id: Option<ConversationId>,
    /// The inbox that it is for, when there is no conversation yet.
    pub inbox_id: Option<InboxId>,
}

/// Announces a file. What is taken is set by the inbox.
///
/// # Errors
/// `forbidden`, `not_found`, `validation_failed`, `attachment_too_large`, `attachment_empty`; the storage codes.
pub async fn start(ctx: &Ctx, actor: &Actor, file: NewFile) -> Result<Upload> {
    let picture = |purpose, name, size| NewUpload {
        name,
        size,
        purpose,
        conversation_id: None,
        limit: PICTURE_LIMIT,
        kinds: PICTURES.map(str::to_owned).to_vec(),
    };
    let new = match file.purpose {
        Purpose::Avatar => {
            actor.user_id()?;
            picture(Purpose::Avatar, file.name, file.size)
        }
        Purpose::Branding => {
            actor.require(rights::INBOX_MANAGE)?;
            picture(Purpose::Branding, file.name, file.size)
        }
        Purpose::Message => for_message(ctx, actor, file).await?,
        // Announced where the case is, which says what is taken.
        Purpose::Evidence => {
            let allowed = [Purpose::Message, Purpose::Avatar, Purpose::Branding];
            return Err(Error::field("purpose", heard_web::codes::UNKNOWN_VALUE).with("allowed", allowed));
        }
    };
    files::start_upload(ctx, actor, new).await
}

async fn for_message(ctx: &Ctx, actor: &Actor, file: NewFile) -> Result<NewUpload> {
    actor.require(rights::REPLY)?;
    let (reader, id, inbox) = (actor.clone(), file.conversation_id, file.inbox_id);
    let inbox = ctx
        .read(async move |tx| {
            let inbox = match (id, inbox) {
                (Some(id), _) => conversations::visible(tx, &reader, id).await?.conversation.inbox_id,
                (None, Some(inbox)) => inbox,
                (None, None) => return Err(Error::field("conversation_id", REQUIRED)),
            };
            inboxes::get(tx, inbox).await
        })
        .await?;
    Ok(NewUpload {
        name: file.name,
        size: file.size,
        purpose: Purpose::Message,
        conversation_id: file.conversation_id.map(|id| id.0),
        limit: u64::from(inbox.config.max_attachment_mb) * 1024 * 1024,
        kinds: inbox.config.attachment_kinds,
    })
}

/// Fails unless the actor may see a file: those of messages with the conversation, pictures of users and brands always,
/// and what one has uploaded oneself and not sent yet.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn check_readable(ctx: &Ctx, actor: &Actor, stored: &StoredAttachment) -> Result<()> {
    let id = stored.attachment.id;
    match (stored.purpose, stored.conversation_id, stored.message_id) {
        (Purpose::Avatar | Purpose::Branding, ..) => Ok(()),
        (Purpose::Message, Some(conversation), Some(message)) => {
            actor.require(rights::READ)?;
            let actor = actor.clone();
            ctx.read(async move |tx| {
                messages::check_attachment(tx, &actor, conversation.into(), message.into(), id).await
            })
            .await
        }
        _ if stored.owner == files::Owner::of(actor) => Ok(()),
        _ => Err(Error::not_found("attachment")),
    }
}
