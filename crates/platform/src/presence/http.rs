//! Presence over HTTP.

use axum::{Json, extract::State};
use heard_kernel::Timestamp;
use heard_web::{Answer, AppState, Auth, JsonBody, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Presence, Status, UserPresence},
    service,
};
use crate::directory::UserId;

/// A status to be chosen.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct PresenceChoice {
    /// Which one.
    pub status: Status,
    /// Why one is away.
    pub reason: Option<String>,
}

/// The presence of everybody.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Presences {
    /// All active users by name.
    pub items: Vec<UserPresence>,
}

/// What a user was in a time.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PresenceTimeline {
    /// Each with its beginning, the oldest first.
    pub items: Vec<Presence>,
}

/// Which time is wanted.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end; not part of it.
    pub to: Timestamp,
}

/// The routes of presence.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(choose)).routes(routes!(all)).routes(routes!(timeline))
}

/// Choose one's own status
#[utoipa::path(put, path = "/me/presence", tag = "presence", request_body = PresenceChoice,
    responses((status = 200, body = Presence)))]
async fn choose(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<PresenceChoice>,
) -> Answer<Json<Presence>> {
    Ok(Json(service::choose(&state.ctx, &actor, body.status, body.reason).await?))
}

/// Who is there
#[utoipa::path(get, path = "/presence", tag = "presence", responses((status = 200, body = Presences)))]
async fn all(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Presences>> {
    Ok(Json(Presences { items: service::all(&state.ctx, &actor).await? }))
}

/// When somebody was there
#[utoipa::path(get, path = "/users/{id}/presence/timeline", tag = "presence", params(("id" = UserId, Path), TimelineQuery),
    responses((status = 200, body = PresenceTimeline)))]
async fn timeline(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<UserId>,
    QueryParams(query): QueryParams<TimelineQuery>,
) -> Answer<Json<PresenceTimeline>> {
    let items = service::timeline(&state.ctx, &actor, id, query.from, query.to).await?;
    Ok(Json(PresenceTimeline { items }))
}
