//! Drafts over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::Timestamp;
use heard_platform::files::{self, Attachment, AttachmentId, Owner};
use heard_web::{Answer, AppState, Auth, JsonBody, PathParams};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Draft, DraftMode},
    service,
};
use crate::conversations::ConversationId;

/// The routes of drafts.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get, save, discard))
}

/// A draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Draft)]
pub(crate) struct DraftView {
    /// What it is to become.
    pub mode: DraftMode,
    /// The text so far.
    pub body: String,
    /// Files that were uploaded for it.
    #[schema(value_type = Vec<Uuid>)]
    pub attachment_ids: Vec<AttachmentId>,
    /// Those files.
    pub attachments: Vec<Attachment>,
    /// When it was saved; absent when there is none.
    #[schema(required = true)]
    pub updated_at: Option<Timestamp>,
}

/// A draft to be saved.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct NewDraft {
    /// What it is to become.
    pub mode: DraftMode,
    /// The text so far.
    pub body: String,
    /// Files that were uploaded for it.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub attachment_ids: Vec<AttachmentId>,
}

/// Get one's draft
#[utoipa::path(get, path = "/conversations/{id}/draft", tag = "drafts", params(("id" = ConversationId, Path)),
    responses((status = 200, body = DraftView)))]
async fn get(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<Json<DraftView>> {
    let owner = Owner::of(&actor);
    let draft = state.ctx.read(async move |tx| service::get(tx, &actor, id).await).await?;
    let mut attachments = Vec::new();
    for id in &draft.attachment_ids {
        // A file that was sent or swept meanwhile is left out; another one's is never shown.
        if let Ok(stored) = files::attachment(&state.ctx, *id).await
            && stored.owner == owner
            && stored.message_id.is_none()
        {
            attachments.push(stored.attachment);
        }
    }
    Ok(Json(DraftView {
        mode: draft.mode,
        body: draft.body,
        attachment_ids: attachments.iter().map(|attachment| attachment.id).collect(),
        attachments,
        updated_at: draft.updated_at,
    }))
}

/// Save one's draft
#[utoipa::path(put, path = "/conversations/{id}/draft", tag = "drafts", params(("id" = ConversationId, Path)),
    request_body = NewDraft, responses((status = 204)))]
async fn save(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ConversationId>,
    JsonBody(body): JsonBody<NewDraft>,
) -> Answer<StatusCode> {
    let draft =
        Draft { mode: body.mode, body: body.body, attachment_ids: body.attachment_ids, updated_at: None };
    state.ctx.tx(&actor, async move |tx| service::save(tx, id, &draft).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Discard one's draft
#[utoipa::path(delete, path = "/conversations/{id}/draft", tag = "drafts", params(("id" = ConversationId, Path)),
    responses((status = 204)))]
async fn discard(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ConversationId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::discard(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
