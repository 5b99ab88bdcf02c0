//! Hand-overs over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Page, Result};
use heard_platform::directory::{TeamRef, UserRef};
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, JsonBody, OnceBody, PathParams};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Handover, HandoverId, NewHandover},
    service,
};
use crate::{cases::CaseId, ground::Names};

/// The routes of hand-overs.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, ask))
        .routes(routes!(accept))
        .routes(routes!(send_back))
        .routes(routes!(done))
        .routes(routes!(close))
        .routes(routes!(reopen))
        .routes(routes!(withdraw))
        .routes(routes!(inbox))
}

/// A case, or a part of it, in the hands of a department.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseHandover)]
pub struct HandoverView {
    /// As it stands.
    #[serde(flatten)]
    pub handover: Handover,
    /// The team that it goes to.
    #[schema(required = true)]
    pub team: Option<TeamRef>,
    /// Who asked.
    #[schema(required = true)]
    pub asker: Option<UserRef>,
    /// Who deals with it in the department.
    #[schema(required = true)]
    pub handler: Option<UserRef>,
    /// Who closed it, sent it back or withdrew it.
    #[schema(required = true)]
    pub ender: Option<UserRef>,
}

/// Adds names to hand-overs.
pub(crate) async fn show(ctx: &Ctx, handovers: Vec<Handover>) -> Result<Vec<HandoverView>> {
    let users =
        handovers.iter().flat_map(|handover| [handover.asked_by, handover.handler_id, handover.ended_by]);
    let names = Names::of(ctx, users, handovers.iter().map(|handover| Some(handover.team_id))).await?;
    let shown = |handover: Handover| HandoverView {
        team: names.team(Some(handover.team_id)),
        asker: names.user(handover.asked_by),
        handler: names.user(handover.handler_id),
        ender: names.user(handover.ended_by),
        handover,
    };
    Ok(handovers.into_iter().map(shown).collect())
}

async fn one(state: &AppState, handover: Handover) -> Result<Json<HandoverView>> {
    Ok(Json(show(&state.ctx, vec![handover]).await?.remove(0)))
}

/// The hand-overs of a case
#[utoipa::path(get, path = "/cases/{id}/handovers", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<HandoverView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<HandoverView>>> {
    let handovers = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    Ok(Json(Page { items: show(&state.ctx, handovers).await?, next_cursor: None }))
}

/// What was handed over to the caller's teams and is not done yet
#[utoipa::path(get, path = "/case_handovers", tag = "cases", responses((status = 200, body = Page<HandoverView>)))]
async fn inbox(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Page<HandoverView>>> {
    let handovers = state.ctx.read(async move |tx| service::inbox(tx, &actor).await).await?;
    Ok(Json(Page { items: show(&state.ctx, handovers).await?, next_cursor: None }))
}

/// Hand a case, or a part of it, over to departments
#[utoipa::path(post, path = "/cases/{id}/handovers", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewHandover, responses((status = 201, body = Page<HandoverView>)))]
async fn ask(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
    once: OnceBody<NewHandover>,
) -> Answer<(StatusCode, Json<Page<HandoverView>>)> {
    let (reader, body) = (actor.clone(), once.body);
    let asked = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            let asked = service::ask(tx, id, body.clone()).await?;
            Ok(asked.into_iter().map(|handover| handover.id).collect::<Vec<_>>())
        })
        .await?;
    let mut handovers = state.ctx.read(async move |tx| service::list(tx, &reader, id).await).await?;
    handovers.retain(|handover| asked.contains(&handover.id));
    Ok((StatusCode::CREATED, Json(Page { items: show(&state.ctx, handovers).await?, next_cursor: None })))
}

/// Accept a hand-over for one's department
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/accept", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), responses((status = 200, body = HandoverView)))]
async fn accept(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
) -> Answer<Json<HandoverView>> {
    let handover = state.ctx.tx(&actor, async move |tx| service::accept(tx, id, handover).await).await?;
    Ok(one(&state, handover).await?)
}

/// Why a hand-over is sent back, reopened or withdrawn.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseHandoverReason)]
pub(crate) struct ReasonBody {
    /// Why.
    pub reason: String,
}

/// Send a hand-over back
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/send_back", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), request_body = ReasonBody,
    responses((status = 200, body = HandoverView)))]
async fn send_back(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<HandoverView>> {
    let handover = state
        .ctx
        .tx(&actor, async move |tx| service::send_back(tx, id, handover, &body.reason).await)
        .await?;
    Ok(one(&state, handover).await?)
}

/// What came of a hand-over.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseHandoverResult)]
pub(crate) struct ResultBody {
    /// What was done and what came of it.
    pub result: String,
}

/// Say that a hand-over was done
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/done", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), request_body = ResultBody,
    responses((status = 200, body = HandoverView)))]
async fn done(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
    JsonBody(body): JsonBody<ResultBody>,
) -> Answer<Json<HandoverView>> {
    let handover =
        state.ctx.tx(&actor, async move |tx| service::done(tx, id, handover, &body.result).await).await?;
    Ok(one(&state, handover).await?)
}

/// Close a hand-over whose result one is content with
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/close", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), responses((status = 200, body = HandoverView)))]
async fn close(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
) -> Answer<Json<HandoverView>> {
    let handover = state.ctx.tx(&actor, async move |tx| service::close(tx, id, handover).await).await?;
    Ok(one(&state, handover).await?)
}

/// Let the department go on with a hand-over whose result one is not content with
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/reopen", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), request_body = ReasonBody,
    responses((status = 200, body = HandoverView)))]
async fn reopen(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<HandoverView>> {
    let handover =
        state.ctx.tx(&actor, async move |tx| service::reopen(tx, id, handover, &body.reason).await).await?;
    Ok(one(&state, handover).await?)
}

/// Take a hand-over back
#[utoipa::path(post, path = "/cases/{id}/handovers/{handover_id}/withdraw", tag = "cases",
    params(("id" = CaseId, Path), ("handover_id" = HandoverId, Path)), request_body = ReasonBody,
    responses((status = 200, body = HandoverView)))]
async fn withdraw(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, handover)): PathParams<(CaseId, HandoverId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<HandoverView>> {
    let handover =
        state.ctx.tx(&actor, async move |tx| service::withdraw(tx, id, handover, &body.reason).await).await?;
    Ok(one(&state, handover).await?)
}
