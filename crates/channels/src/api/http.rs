//! Routes of the generic channel.

use axum::{Extension, Json, extract::State, http::StatusCode};
use heard_desk::inboxes::InboxId;
use heard_web::{Answer, AppState, Auth, BodyLimit, JsonBody, PathParams, QueryParams};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{ChannelPost, ChannelReceipt, ChannelReplies},
    service,
};

/// Bytes of a message with its files.
const LARGEST: usize = 40 * 1024 * 1024;

/// The routes of the generic channel.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(receive, replies)).layer(Extension(BodyLimit(LARGEST)))
}

/// Hands in a customer's message. The same `external_id` again gives the same answer and has no second effect.
#[utoipa::path(post, path = "/channels/{inbox_id}/messages", tag = "channels", operation_id = "channel_receive",
    params(("inbox_id" = String, Path, format = Uuid)), request_body = ChannelPost, responses((status = 201, body = ChannelReceipt)))]
async fn receive(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
    JsonBody(post): JsonBody<ChannelPost>,
) -> Answer<(StatusCode, Json<ChannelReceipt>)> {
    Ok((StatusCode::CREATED, Json(service::receive(&state.ctx, &actor, id, post).await?)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct After {
    /// `next_after` of the call before; 0 for all.
    #[serde(default)]
    after: i64,
}

/// The team's answers after a place, oldest first. Ask again with `next_after`, which moves on even when nothing came.
#[utoipa::path(get, path = "/channels/{inbox_id}/messages", tag = "channels", operation_id = "channel_replies",
    params(("inbox_id" = String, Path, format = Uuid), After), responses((status = 200, body = ChannelReplies)))]
async fn replies(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<InboxId>,
    QueryParams(query): QueryParams<After>,
) -> Answer<Json<ChannelReplies>> {
    Ok(Json(service::replies(&state.ctx, &actor, id, query.after).await?))
}
