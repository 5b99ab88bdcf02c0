//! Remedies over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Actor, Locale, Page, PageRequest, Result};
use heard_platform::directory::UserRef;
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, OnceBody, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    lists::{self, Obstacle, RemedyCounts, RemedyQuery},
    model::{GrantedRemedy, NewRemedy, RemedyId},
    service,
};
use crate::{
    cases::{CaseId, CaseRef},
    ground::Names,
};

/// The routes of remedies.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, grant))
        .routes(routes!(approve))
        .routes(routes!(refuse))
        .routes(routes!(withdraw))
        .routes(routes!(across))
        .routes(routes!(counts))
}

/// What a customer is granted, or what was asked for them.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseRemedy)]
pub struct RemedyView {
    /// As it stands.
    #[serde(flatten)]
    pub remedy: GrantedRemedy,
    /// Who asked or granted.
    #[schema(required = true)]
    pub asker: Option<UserRef>,
    /// Who decided.
    #[schema(required = true)]
    pub decider: Option<UserRef>,
}

/// Adds names to remedies.
pub(crate) async fn show(ctx: &Ctx, remedies: Vec<GrantedRemedy>) -> Result<Vec<RemedyView>> {
    let users = remedies.iter().flat_map(|remedy| [remedy.asked_by, remedy.decided_by]);
    let names = Names::of(ctx, users, []).await?;
    let shown = |remedy: GrantedRemedy| RemedyView {
        asker: names.user(remedy.asked_by),
        decider: names.user(remedy.decided_by),
        remedy,
    };
    Ok(remedies.into_iter().map(shown).collect())
}

async fn one(state: &AppState, remedy: GrantedRemedy) -> Result<Json<RemedyView>> {
    Ok(Json(show(&state.ctx, vec![remedy]).await?.remove(0)))
}

/// The remedies of a case
#[utoipa::path(get, path = "/cases/{id}/remedies", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<RemedyView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<RemedyView>>> {
    let remedies = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    Ok(Json(Page { items: show(&state.ctx, remedies).await?, next_cursor: None }))
}

/// A remedy in the list of all cases.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = ListedCaseRemedy)]
pub(crate) struct ListedRemedy {
    /// The remedy.
    #[serde(flatten)]
    pub remedy: RemedyView,
    /// Its name in the plan.
    pub name: String,
    /// The case.
    pub case: CaseRef,
    /// Why the caller cannot approve it.
    #[schema(required = true)]
    pub obstacle: Option<Obstacle>,
}

/// Remedies across cases: what waits for approval, or what was decided
#[utoipa::path(get, path = "/case_remedies", tag = "cases", params(RemedyQuery, PageRequest),
    responses((status = 200, body = Page<ListedRemedy>)))]
async fn across(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<RemedyQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ListedRemedy>>> {
    Ok(Json(page_of(&state.ctx, &actor, locale, query, &page).await?))
}

/// A page of the remedies of all cases that an actor sees.
///
/// # Errors
/// `forbidden`, `cursor_invalid`; the storage codes.
pub(crate) async fn page_of(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    query: RemedyQuery,
    page: &PageRequest,
) -> Result<Page<ListedRemedy>> {
    let (reader, page) = (actor.clone(), page.clone());
    let found = ctx.read(async move |tx| lists::across(tx, &reader, query, locale, &page).await).await?;
    let views = show(ctx, found.items.iter().map(|one| one.remedy.clone()).collect()).await?;
    let whole = |(remedy, one): (RemedyView, lists::Listed)| ListedRemedy {
        remedy,
        name: one.name,
        case: one.case,
        obstacle: one.obstacle,
    };
    let items = views.into_iter().zip(found.items).map(whole).collect();
    Ok(Page { items, next_cursor: found.next_cursor })
}

/// How much waits for approval
#[utoipa::path(get, path = "/case_remedies/counts", tag = "cases",
    responses((status = 200, body = RemedyCounts)))]
async fn counts(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<RemedyCounts>> {
    Ok(Json(state.ctx.read(async move |tx| lists::counts(tx, &actor).await).await?))
}

/// Grant a remedy, or ask for its approval
#[utoipa::path(post, path = "/cases/{id}/remedies", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewRemedy, responses((status = 201, body = RemedyView)))]
async fn grant(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
    once: OnceBody<NewRemedy>,
) -> Answer<(StatusCode, Json<RemedyView>)> {
    let (reader, body) = (actor.clone(), once.body);
    let currency = crate::ground::currency(&state.ctx).await?;
    let granted = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            Ok(service::grant(tx, id, &currency, body.clone()).await?.id)
        })
        .await?;
    let mut remedies = state.ctx.read(async move |tx| service::list(tx, &reader, id).await).await?;
    remedies.retain(|remedy| remedy.id == granted);
    let remedy = remedies.pop().ok_or_else(|| heard_kernel::Error::not_found("remedy"))?;
    Ok((StatusCode::CREATED, one(&state, remedy).await?))
}

/// Approve a remedy
#[utoipa::path(post, path = "/cases/{id}/remedies/{remedy_id}/approve", tag = "cases",
    params(("id" = CaseId, Path), ("remedy_id" = RemedyId, Path)), responses((status = 200, body = RemedyView)))]
async fn approve(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, remedy)): PathParams<(CaseId, RemedyId)>,
) -> Answer<Json<RemedyView>> {
    let remedy = state.ctx.tx(&actor, async move |tx| service::approve(tx, id, remedy).await).await?;
    Ok(one(&state, remedy).await?)
}

/// Why a remedy is refused or taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseRemedyReason)]
pub(crate) struct ReasonBody {
    /// Why.
    pub reason: String,
}

/// Refuse a remedy
#[utoipa::path(post, path = "/cases/{id}/remedies/{remedy_id}/refuse", tag = "cases",
    params(("id" = CaseId, Path), ("remedy_id" = RemedyId, Path)), request_body = ReasonBody,
    responses((status = 200, body = RemedyView)))]
async fn refuse(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, remedy)): PathParams<(CaseId, RemedyId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<RemedyView>> {
    let remedy =
        state.ctx.tx(&actor, async move |tx| service::refuse(tx, id, remedy, &body.reason).await).await?;
    Ok(one(&state, remedy).await?)
}

/// Take a remedy back
#[utoipa::path(post, path = "/cases/{id}/remedies/{remedy_id}/withdraw", tag = "cases",
    params(("id" = CaseId, Path), ("remedy_id" = RemedyId, Path)), request_body = ReasonBody,
    responses((status = 200, body = RemedyView)))]
async fn withdraw(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, remedy)): PathParams<(CaseId, RemedyId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<RemedyView>> {
    let remedy =
        state.ctx.tx(&actor, async move |tx| service::withdraw(tx, id, remedy, &body.reason).await).await?;
    Ok(one(&state, remedy).await?)
}
