//! Files in a visitor's conversation. An `<img>` carries no token, so addresses of files are signed for a while.

use axum::{http::HeaderMap, response::Response};
use heard_desk::{contacts::ContactId, conversations::ConversationId, messages};
use heard_kernel::{Actor, Error, Result, Timestamp};
use heard_platform::files::{self, AttachmentId, Delivery};
use heard_runtime::Ctx;
use uuid::Uuid;

use super::{codes::UPLOAD_SIGNATURE_INVALID, extract::Shared, token::Visitor};

/// How long an address is good.
const LIFE_MILLIS: i64 = 24 * 3_600_000;

/// Marks a signature for files, so that it is no visitor token and the other way round.
const FILES: Uuid = Uuid::from_u128(u128::MAX);

/// What must stand in the address of a file that this contact may open.
pub(super) fn sign(shared: &Shared, contact: ContactId, now: Timestamp) -> String {
    // Whole hours, so that a file keeps its address for a while and the browser its copy.
    let hour = 3_600_000;
    let expires_at = (now.millis() + LIFE_MILLIS) / hour * hour;
    shared.tokens.issue(&Visitor { contact_id: contact.0, inbox_id: FILES, verified: false, expires_at })
}

/// Answers with a file to whoever has its signed address.
///
/// # Errors
/// `attachment_link_expired`, `not_found`; the storage codes.
pub(super) async fn serve(
    ctx: &Ctx,
    shared: &Shared,
    signature: &str,
    id: AttachmentId,
    delivery: Delivery,
    headers: &HeaderMap,
) -> Result<Response> {
    let refused = || Error::new(UPLOAD_SIGNATURE_INVALID);
    let signed = shared.tokens.check(signature, ctx.now()).map_err(|_| refused())?;
    if signed.inbox_id != FILES {
        return Err(refused());
    }
    let stored = files::attachment(ctx, id).await?;
    let (Some(conversation), Some(message)) = (stored.conversation_id, stored.message_id) else {
        return Err(Error::not_found("attachment"));
    };
    let actor = Actor::contact(signed.contact_id);
    ctx.read(async move |tx| {
        messages::check_attachment(tx, &actor, ConversationId(conversation), message.into(), id).await
    })
    .await?;
    files::serve(ctx, &stored, delivery, headers).await
}
