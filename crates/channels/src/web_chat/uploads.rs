//! Files that visitors send.

use bytes::Bytes;
use heard_desk::{conversations::ConversationId, inbound, inboxes};
use heard_kernel::Result;
use heard_platform::files::{self, NewUpload, Purpose, Upload, UploadId};
use heard_runtime::Ctx;
use serde::Deserialize;
use utoipa::ToSchema;

use super::extract::{Shared, VisitorAuth};

/// A file that a visitor is about to send.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetUpload)]
pub(super) struct NewFile {
    /// File name.
    pub(super) name: String,
    /// Bytes.
    pub(super) size: u64,
    /// The conversation that it is for, when there is one already.
    #[schema(value_type = Option<String>)]
    pub(super) conversation_id: Option<ConversationId>,
}

/// Announces a file.
///
/// # Errors
/// `attachment_too_large`, `attachment_empty`, `rate_limited`, `not_found`; the storage codes.
pub(super) async fn start(
    ctx: &Ctx,
    shared: &Shared,
    visitor: &VisitorAuth,
    file: NewFile,
) -> Result<Upload> {
    shared.limits.upload(&visitor.actor)?;
    let (id, actor) = (visitor.inbox(), visitor.actor.clone());
    let (inbox, conversation_id) = ctx
        .read(async move |tx| {
            let conversation = match file.conversation_id {
                Some(id) => Some(inbound::check_upload(tx, &actor, id).await?),
                None => None,
            };
            Ok((inboxes::get(tx, id).await?, conversation))
        })
        .await?;
    let new = NewUpload {
        name: file.name,
        size: file.size,
        purpose: Purpose::Message,
        conversation_id,
        limit: u64::from(inbox.config.max_attachment_mb) * 1024 * 1024,
        kinds: inbox.config.attachment_kinds,
    };
    files::start_upload(ctx, &visitor.actor, new).await
}

/// Takes the next chunk.
///
/// # Errors
/// As [`files::append_chunk`].
pub(super) async fn append(
    ctx: &Ctx,
    visitor: &VisitorAuth,
    id: UploadId,
    offset: u64,
    chunk: Bytes,
) -> Result<Upload> {
    files::append_chunk(ctx, &visitor.actor, id, offset, chunk).await
}
