//! Replays over HTTP.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Actor, Result, Timestamp};
use heard_platform::directory::{Directory, UserRef};
use heard_web::{Answer, AppState, Auth, JsonBody, PathParams};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    model::{NewReplay, PlanReplay, ReplayId, ReplayState},
    service,
};
use crate::{clocks::Replay, plans::PlanVersionId};

/// The routes of replays.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(replay_plan_version))
        .routes(routes!(list_plan_replays))
        .routes(routes!(get_plan_replay))
}

/// What a version of a plan would have meant for the cases of a period.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanReplay)]
pub(crate) struct ReplayView {
    /// Which one.
    pub id: ReplayId,
    /// The candidate.
    pub plan_version_id: PlanVersionId,
    /// Cases received at this time or later.
    pub from: Timestamp,
    /// Cases received before this time.
    pub to: Timestamp,
    /// Only cases of this type.
    #[schema(required = true)]
    pub type_key: Option<String>,
    /// Only cases of this category and what lies below it.
    #[schema(required = true)]
    pub category_key: Option<String>,
    /// Where it stands.
    pub state: ReplayState,
    /// How many cases there are.
    pub total: i64,
    /// How many are done.
    pub done: i64,
    /// The code of what went wrong.
    #[schema(required = true)]
    pub error: Option<String>,
    /// Who asked for it.
    #[schema(required = true)]
    pub asked_by: Option<UserRef>,
    /// When.
    pub asked_at: Timestamp,
    /// When it was finished.
    #[schema(required = true)]
    pub finished_at: Option<Timestamp>,
    /// What would have happened; absent until it is done, and in lists.
    #[schema(required = true)]
    pub result: Option<Replay>,
}

/// Replays.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanReplays {
    /// The latest first.
    pub items: Vec<ReplayView>,
}

async fn views(state: &AppState, replays: Vec<PlanReplay>) -> Result<Vec<ReplayView>> {
    let ids: Vec<Uuid> = replays.iter().filter_map(|replay| replay.asked_by).map(|user| user.0).collect();
    let users = Directory::of(&state.ctx).users(&state.ctx, &ids).await?;
    Ok(replays.into_iter().map(|replay| view(replay, &users)).collect())
}

fn view(replay: PlanReplay, users: &HashMap<Uuid, UserRef>) -> ReplayView {
    ReplayView {
        id: replay.id,
        plan_version_id: replay.version_id,
        from: replay.wish.from,
        to: replay.wish.to,
        type_key: replay.wish.type_key,
        category_key: replay.wish.category_key,
        state: replay.state,
        total: replay.total,
        done: replay.done,
        error: replay.error,
        asked_by: replay.asked_by.and_then(|user| users.get(&user.0).cloned()),
        asked_at: replay.asked_at,
        finished_at: replay.finished_at,
        result: replay.result,
    }
}

async fn show(state: &AppState, actor: &Actor, id: ReplayId) -> Result<ReplayView> {
    let reader = actor.clone();
    let replay = state.ctx.read(async move |tx| service::get(tx, &reader, id).await).await?;
    Ok(views(state, vec![replay]).await?.remove(0))
}

/// Ask what a version of a plan would have meant for the cases of a period
///
/// The version (draft or not) is the candidate. It is held beside what really was: each case under the versions of the plan
/// that it followed. Stages, waits and classifications are taken as they were. The answer is a replay that is being
/// reckoned; look at it again until its `state` is `done` or `failed`. At most 400 days and 50,000 cases.
#[utoipa::path(post, path = "/plan_versions/{id}/replay", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = NewReplay, responses((status = 202, body = ReplayView)))]
async fn replay_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanVersionId>,
    JsonBody(body): JsonBody<NewReplay>,
) -> Answer<(StatusCode, Json<ReplayView>)> {
    let replay = service::ask(&state.ctx, &actor, id, body).await?;
    Ok((StatusCode::ACCEPTED, Json(show(&state, &actor, replay).await?)))
}

/// List the latest replays of a version, without their results
#[utoipa::path(get, path = "/plan_versions/{id}/replays", tag = "plans", params(("id" = PlanVersionId, Path)),
    responses((status = 200, body = PlanReplays)))]
async fn list_plan_replays(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanVersionId>,
) -> Answer<Json<PlanReplays>> {
    let replays = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    Ok(Json(PlanReplays { items: views(&state, replays).await? }))
}

/// Get a replay, with its result once it is done
///
/// For each rule it lists at most 200 clocks that differ, those with another verdict first.
#[utoipa::path(get, path = "/plan_replays/{id}", tag = "plans", params(("id" = ReplayId, Path)),
    responses((status = 200, body = ReplayView)))]
async fn get_plan_replay(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<ReplayId>,
) -> Answer<Json<ReplayView>> {
    Ok(Json(show(&state, &actor, id).await?))
}
