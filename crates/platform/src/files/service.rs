//! Uploading in chunks, and attachments.

use std::{collections::HashMap, path::PathBuf, sync::LazyLock};

use heard_kernel::{Actor, Code, Error, Result, clean_name};
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    blobs::Blobs,
    bucket::Bucket,
    kinds,
    model::{Attachment, AttachmentId, Owner, Purpose, StoredAttachment, StoredUpload, Upload, UploadId},
    store, thumbnail,
};

/// Codes of this slice.
pub mod codes {
    pub use super::super::bucket::{FILE_STORE_REFUSED, FILE_STORE_UNREACHABLE};
    use super::Code;

    /// The file is larger than the inbox takes (`params.limit` bytes).
    pub const ATTACHMENT_TOO_LARGE: Code = Code::new("attachment_too_large", 413);
    /// The inbox does not take files of this kind (`params.kind`).
    pub const ATTACHMENT_KIND_REFUSED: Code = Code::new("attachment_kind_refused", 415);
    /// The chunk does not start where the last one ended (`params.offset`).
    pub const UPLOAD_OFFSET_MISMATCH: Code = Code::new("upload_offset_mismatch", 409);
    /// An attachment of the message is unknown, another's, or sent already (`params.id`).
    pub const ATTACHMENT_NOT_USABLE: Code = Code::new("attachment_not_usable", 422);
    /// The file is empty.
    pub const ATTACHMENT_EMPTY: Code = Code::new("attachment_empty", 422);
}

/// Bytes of a chunk at most.
pub(super) const CHUNK: usize = 8 * 1024 * 1024;

/// Images that are opened at the same time, so that memory stays bounded.
static OPENING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// What is about to be sent.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What it is for.
    pub purpose: Purpose,
    /// The conversation that it is meant for.
    pub conversation_id: Option<Uuid>,
    /// Bytes that are taken at most.
    pub limit: u64,
    /// Kinds that are taken; empty for all that are safe.
    pub kinds: Vec<String>,
}

/// Announces a file. Rights are checked by the caller, who knows what it is for.
///
/// # Errors
/// `attachment_too_large`, `attachment_empty`, `validation_failed` for the name; the storage codes.
pub async fn start_upload(ctx: &Ctx, actor: &Actor, new: NewUpload) -> Result<Upload> {
    if new.size > new.limit {
        return Err(Error::new(codes::ATTACHMENT_TOO_LARGE).with("limit", new.limit));
    }
    if new.size == 0 {
        return Err(Error::new(codes::ATTACHMENT_EMPTY));
    }
    let name = clean_name("name", &new.name.replace(['/', '\\'], "_"), 255)?;
    let owner = Owner::of(actor);
    ctx.tx(actor, async move |tx| {
        let upload = StoredUpload {
            id: tx.new_id(),
            name: name.clone(),
            size: new.size,
            received: 0,
            purpose: new.purpose,
            conversation_id: new.conversation_id,
            owner,
            kinds: new.kinds.clone(),
            attachment_id: None,
        };
        store::insert_upload(tx, &upload, tx.now()).await?;
        Ok(shown(upload, None))
    })
    .await
}

/// How far an upload is.
///
/// # Errors
/// `not_found` when it is not the actor's; the storage codes.
pub async fn upload(ctx: &Ctx, actor: &Actor, id: UploadId) -> Result<Upload> {
    let owner = Owner::of(actor);
    ctx.read(async move |tx| {
        let stored = own(tx, owner, id).await?;
        let attachment = match stored.attachment_id {
            Some(id) => store::attachment(tx, id).await?.map(|stored| stored.attachment),
            None => None,
        };
        Ok(shown(stored, attachment))
    })
    .await
}

/// Takes the next chunk. With the last one the file becomes an attachment.
///
/// # Errors
/// `upload_offset_mismatch` when it does not start where the last one ended, `attachment_too_large` beyond the
/// announced size or the size of a chunk, `attachment_kind_refused` when the content is of a kind that is not taken,
/// `not_found`; the storage codes.
pub async fn append_chunk(
    ctx: &Ctx,
    actor: &Actor,
    id: UploadId,
    offset: u64,
    chunk: bytes::Bytes,
) -> Result<Upload> {
    let owner = Owner::of(actor);
    let stored = ctx.read(async move |tx| own(tx, owner, id).await).await?;
    if stored.attachment_id.is_some() {
        return upload(ctx, actor, id).await;
    }
    let end = offset + chunk.len() as u64;
    if chunk.len() > CHUNK || end > stored.size {
        return Err(Error::new(codes::ATTACHMENT_TOO_LARGE).with("limit", stored.size.min(CHUNK as u64)));
    }
    if offset != stored.received {
        return Err(Error::new(codes::UPLOAD_OFFSET_MISMATCH).with("offset", stored.received));
    }
    let blobs = Blobs::new(&ctx.config().storage.data);
    blocking(move || blobs.append(id, offset, &chunk)).await?;
    let counted = ctx.tx(actor, async move |tx| store::advance(tx, id, offset, end).await).await?;
    if !counted {
        let now = upload(ctx, actor, id).await?.offset;
        return Err(Error::new(codes::UPLOAD_OFFSET_MISMATCH).with("offset", now));
    }
    if end < stored.size {
        return Ok(shown(StoredUpload { received: end, ..stored }, None));
    }
    finish(ctx, actor, stored).await
}

async fn finish(ctx: &Ctx, actor: &Actor, upload: StoredUpload) -> Result<Upload> {
    let attachment = seal(ctx, &upload).await?;
    let result = ctx
        .tx(actor, async move |tx| {
            let mut stored = attachment.clone();
            stored.attachment.id = tx.new_id();
            stored.created_at = tx.now();
            if store::complete(tx, upload.id, stored.attachment.id).await? {
                store::insert_attachment(tx, &stored).await?;
            }
            Ok(shown(StoredUpload { received: upload.size, ..upload.clone() }, Some(stored.attachment)))
        })
        .await?;
    Ok(result)
}

/// Names the content, checks its kind, looks into images, and brings it to where contents lie. As long as that fails
/// the part stays, and sending nothing at its end tries again.
async fn seal(ctx: &Ctx, upload: &StoredUpload) -> Result<StoredAttachment> {
    let blobs = Blobs::new(&ctx.config().storage.data);
    let (id, name) = (upload.id, upload.name.clone());
    let sealing = blobs.clone();
    let sealed = blocking(move || sealing.seal(id, &name)).await?;
    if !kinds::matches_any(sealed.kind, &upload.kinds) {
        blobs.remove_part(id);
        ctx.tx(&Actor::system(), async move |tx| store::delete_upload(tx, id).await).await?;
        return Err(Error::new(codes::ATTACHMENT_KIND_REFUSED).with("kind", sealed.kind));
    }
    let mut stored = StoredAttachment {
        attachment: Attachment {
            id: AttachmentId(Uuid::nil()),
            name: upload.name.clone(),
            kind: sealed.kind.to_owned(),
            size: upload.size,
            sha256: sealed.sha256.clone(),
            width: None,
            height: None,
            has_thumbnail: false,
            inline: kinds::is_inline(sealed.kind),
        },
        purpose: upload.purpose,
        conversation_id: upload.conversation_id,
        message_id: None,
        owner: upload.owner,
        thumbnail_sha256: None,
        created_at: ctx.now(),
    };
    let part = blobs.part(id);
    if sealed.kind.starts_with("image/") && stored.attachment.inline {
        look_into(&blobs, part.clone(), &mut stored).await;
    }
    if let Some(bucket) = Bucket::of(ctx)? {
        bucket.put(&sealed.sha256, &part).await?;
        if let Some(thumbnail) = stored.thumbnail_sha256.as_ref().filter(|own| **own != sealed.sha256) {
            bucket.put(thumbnail, &blobs.path(thumbnail)?).await?;
        }
    }
    blocking(move || blobs.place(id, &sealed.sha256)).await?;
    Ok(stored)
}

/// Adds size and thumbnail. A picture that cannot be opened stays a file like any other.
async fn look_into(blobs: &Blobs, part: PathBuf, stored: &mut StoredAttachment) {
    let (blobs, sha256) = (blobs.clone(), stored.attachment.sha256.clone());
    let Ok(_permit) = OPENING.acquire().await else { return };
    let looked = blocking(move || {
        let picture = thumbnail::open(&part)?;
        let thumbnail = match &picture.thumbnail {
            Some(bytes) => blobs.put(bytes)?,
            None => sha256,
        };
        Ok((picture.width, picture.height, thumbnail))
    })
    .await;
    match looked {
        Ok((width, height, thumbnail)) => {
            stored.attachment.width = Some(width);
            stored.attachment.height = Some(height);
            stored.attachment.has_thumbnail = true;
            stored.thumbnail_sha256 = Some(thumbnail);
        }
        Err(error) => tracing::info!(%error, "an image could not be opened"),
    }
}

/// Gives an upload up.
///
/// # Errors
/// `not_found` when it is not the actor's; the storage codes.
pub async fn cancel_upload(ctx: &Ctx, actor: &Actor, id: UploadId) -> Result<()> {
    let owner = Owner::of(actor);
    ctx.tx(actor, async move |tx| {
        own(tx, owner, id).await?;
        store::delete_upload(tx, id).await
    })
    .await?;
    let blobs = Blobs::new(&ctx.config().storage.data);
    blocking(move || {
        blobs.remove_part(id);
        Ok(())
    })
    .await
}

/// Stores a whole file at once: for channels that deliver files with the message.
///
/// # Errors
/// As [`start_upload`] and [`append_chunk`].
pub async fn store_bytes(
    ctx: &Ctx,
    actor: &Actor,
    new: NewUpload,
    bytes: bytes::Bytes,
) -> Result<Attachment> {
    let upload = start_upload(ctx, actor, NewUpload { size: bytes.len() as u64, ..new }).await?;
    let mut offset = 0;
    while offset < bytes.len() {
        let end = (offset + CHUNK).min(bytes.len());
        let done = append_chunk(ctx, actor, upload.id, offset as u64, bytes.slice(offset..end)).await?;
        if let Some(attachment) = done.attachment {
            return Ok(attachment);
        }
        offset = end;
    }
    Err(Error::internal("an upload ended without an attachment"))
}

/// One attachment with what decides who may see it.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn attachment(ctx: &Ctx, id: AttachmentId) -> Result<StoredAttachment> {
    ctx.read(async move |tx| store::attachment(tx, id).await?.ok_or_else(|| Error::not_found("attachment")))
        .await
}

/// The same within a transaction; nothing when it is unknown.
///
/// # Errors
/// The storage codes.
pub async fn stored(tx: &StoreTx<'_>, id: AttachmentId) -> Result<Option<StoredAttachment>> {
    store::attachment(tx, id).await
}

/// The attachments of messages, by message.
///
/// # Errors
/// The storage codes.
pub async fn attachments_of_messages(
    tx: &StoreTx<'_>,
    messages: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Attachment>>> {
    let mut by_message: HashMap<Uuid, Vec<Attachment>> = HashMap::new();
    if messages.is_empty() {
        return Ok(by_message);
    }
    for stored in store::attachments_of(tx, messages).await? {
        if let Some(message) = stored.message_id {
            by_message.entry(message).or_default().push(stored.attachment);
        }
    }
    Ok(by_message)
}

/// Says that an uploaded file became a piece of something that lasts, so that it is not swept as abandoned.
///
/// # Errors
/// The storage codes.
pub async fn keep(tx: &Tx<'_>, id: AttachmentId) -> Result<()> {
    store::keep(tx, id, tx.now()).await
}

/// Ties attachments, which the actor uploaded and has not sent yet, to their message.
///
/// # Errors
/// `attachment_not_usable` naming the first that is unknown, another's, sent already or meant for another
/// conversation; the storage codes.
pub async fn link_to_message(
    tx: &Tx<'_>,
    ids: &[AttachmentId],
    conversation: Uuid,
    message: Uuid,
) -> Result<Vec<Attachment>> {
    let owner = Owner::of(tx.actor());
    let mut linked = Vec::with_capacity(ids.len());
    for &id in ids {
        let refused = || Error::new(codes::ATTACHMENT_NOT_USABLE).with("id", id);
        let stored = store::attachment(tx, id).await?.ok_or_else(refused)?;
        let meant_for = stored.conversation_id.is_none_or(|meant| meant == conversation);
        let usable = stored.owner == owner && stored.purpose == Purpose::Message && meant_for;
        if !usable || !store::link(tx, id, conversation, message).await? {
            return Err(refused());
        }
        linked.push(stored.attachment);
    }
    Ok(linked)
}

/// Fails unless a file is a picture that the actor sent to show themselves.
///
/// # Errors
/// `attachment_not_usable`; the storage codes.
pub(crate) async fn check_avatar(tx: &Tx<'_>, id: AttachmentId) -> Result<()> {
    let owner = Owner::of(tx.actor());
    match store::attachment(tx, id).await? {
        Some(stored) if stored.owner == owner && stored.purpose == Purpose::Avatar => Ok(()),
        _ => Err(Error::new(codes::ATTACHMENT_NOT_USABLE).with("id", id)),
    }
}

async fn own(tx: &StoreTx<'_>, owner: Owner, id: UploadId) -> Result<StoredUpload> {
    let found = store::upload(tx, id).await?.filter(|upload| upload.owner == owner);
    found.ok_or_else(|| Error::not_found("upload"))
}

fn shown(upload: StoredUpload, attachment: Option<Attachment>) -> Upload {
    Upload { id: upload.id, name: upload.name, size: upload.size, offset: upload.received, attachment }
}

/// Runs file work on a thread that may wait.
///
/// # Errors
/// Those of the work.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::internal(format!("file work panicked: {e}")))?
}
