//! Plans as lines of versions, and the one that new cases follow.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse as _, Response},
};
use heard_kernel::{Actor, Error, Page, Result};
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag, wire::with_current};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    versions::show_version,
    views::{People, PlanSummary, PlanVersionView, PlanView, info},
};
use crate::{
    plans::{
        model::{CaseType, Category, CategoryView, CauseNode, Level, Text},
        pinned::{current, terms},
        records::{Pinned, PlanId, PlanVersionId},
        service::{self, NewPlan, Origin},
    },
    rights::PLAN_READ,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(active_plan))
        .routes(routes!(plan_terms))
        .routes(routes!(list_plans, create_plan))
        .routes(routes!(get_plan, update_plan))
        .routes(routes!(begin_plan_version))
}

/// Read the plan that new cases follow
///
/// The `ETag` changes when another version is activated; `If-None-Match` saves the transfer.
#[utoipa::path(get, path = "/plan", tag = "plans", responses((status = 200, body = Pinned), (status = 304)))]
async fn active_plan(
    State(state): State<AppState>,
    Auth(actor): Auth,
    headers: HeaderMap,
) -> Answer<Response> {
    actor.require(PLAN_READ)?;
    let found = state.ctx.read(async |tx| current(tx, None).await).await?;
    let tag = HeaderValue::try_from(format!("\"{}\"", found.version_id)).map_err(Error::internal)?;
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known == tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    Ok(([(ETAG, tag)], Json(&*found)).into_response())
}

/// What cases are called and sorted by in all plans.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanTerms {
    /// Kinds of cases.
    pub case_types: Vec<CaseType>,
    /// Categories; the parent of one may stand behind it.
    pub categories: Vec<Category>,
    /// Views of the categories.
    pub views: Vec<CategoryView>,
    /// Levels of severity.
    pub severities: Vec<Level>,
    /// Levels of urgency.
    pub urgencies: Vec<Level>,
    /// Causes.
    pub causes: Vec<CauseNode>,
}

/// Read what cases of all plans are called and sorted by
///
/// For lists and figures: the terms of the default plan first, then what other plans and earlier versions have beside.
#[utoipa::path(get, path = "/plan_terms", tag = "plans", responses((status = 200, body = PlanTerms)))]
async fn plan_terms(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<PlanTerms>> {
    actor.require(PLAN_READ)?;
    let found = state.ctx.read(async |tx| terms(tx).await).await?;
    let plan = Arc::unwrap_or_clone(found);
    Ok(Json(PlanTerms {
        case_types: plan.case_types,
        categories: plan.categories,
        views: plan.views,
        severities: plan.severities,
        urgencies: plan.urgencies,
        causes: plan.causes,
    }))
}

/// List plans, the default one first
#[utoipa::path(get, path = "/plans", tag = "plans", responses((status = 200, body = Page<PlanSummary>)))]
async fn list_plans(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<Page<PlanSummary>>> {
    let lines = state.ctx.read(async move |tx| service::list(tx, &actor).await).await?;
    Ok(Json(Page { items: lines.into_iter().map(Into::into).collect(), next_cursor: None }))
}

/// A plan to be made.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct NewPlanRequest {
    /// The key of the pack that it begins with.
    pub pack: String,
    /// Its key; that of the pack when absent.
    pub key: Option<String>,
    /// Its name; that of the pack when absent.
    pub name: Option<Text>,
}

type Tagged<T> = ([(HeaderName, HeaderValue); 1], Json<T>);

/// Make a plan from a pack, with a draft as its first version
#[utoipa::path(post, path = "/plans", tag = "plans", request_body = NewPlanRequest,
    responses((status = 201, body = PlanView)))]
async fn create_plan(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewPlanRequest>,
) -> Answer<(StatusCode, Tagged<PlanView>)> {
    let body = once.body;
    let new = NewPlan { pack: body.pack, key: body.key, name: body.name };
    let id =
        state.ctx.tx_once(&actor, once.key, async move |tx| service::create(tx, new.clone()).await).await?;
    Ok((StatusCode::CREATED, tagged(show_plan(&state, &actor, id).await?)))
}

fn tagged(view: PlanView) -> Tagged<PlanView> {
    ([(ETAG, etag(view.plan.version))], Json(view))
}

async fn show_plan(state: &AppState, actor: &Actor, id: PlanId) -> Result<PlanView> {
    let actor = actor.clone();
    let (line, versions) = state.ctx.read(async move |tx| service::get(tx, &actor, id).await).await?;
    let people = versions.iter().flat_map(|version| [version.edited_by, version.submitted_by]).collect();
    let people = People::find(&state.ctx, people).await?;
    let versions = versions.into_iter().map(|version| info(version, &people)).collect();
    Ok(PlanView { plan: line.into(), versions })
}

/// Read a plan with its versions
#[utoipa::path(get, path = "/plans/{id}", tag = "plans", params(("id" = PlanId, Path)),
    responses((status = 200, body = PlanView)))]
async fn get_plan(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanId>,
) -> Answer<Tagged<PlanView>> {
    Ok(tagged(show_plan(&state, &actor, id).await?))
}

/// What of a plan is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct PlanPatch {
    /// The name.
    pub name: Option<Text>,
    /// Cases follow it when nothing else is said. Another plan gives this up by it, so only `true` means something.
    pub is_default: Option<bool>,
}

/// Rename a plan, or make it the default one
#[utoipa::path(patch, path = "/plans/{id}", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanPatch, responses((status = 200, body = PlanView)))]
async fn update_plan(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<PlanPatch>,
) -> Answer<Tagged<PlanView>> {
    let make_default = body.is_default == Some(true);
    let name = body.name;
    let changed = state
        .ctx
        .tx(&actor, async move |tx| service::update(tx, id, version, name.clone(), make_default).await)
        .await;
    let view = show_plan(&state, &actor, id).await;
    match changed {
        Ok(()) => Ok(tagged(view?)),
        Err(error) => {
            Err(view.map_or_else(|_| Error::not_found("plan"), |view| with_current(error, view)).into())
        }
    }
}

/// What a new version begins with: another version, a pack, or the active version when neither is named.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct NewPlanVersion {
    /// A version of the same plan.
    pub based_on_id: Option<PlanVersionId>,
    /// The key of a pack.
    pub pack: Option<String>,
    /// What it changes and why.
    pub note: Option<String>,
}

/// Begin a version
#[utoipa::path(post, path = "/plans/{id}/versions", tag = "plans", params(("id" = PlanId, Path)),
    request_body = NewPlanVersion, responses((status = 201, body = PlanVersionView)))]
async fn begin_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    heard_web::Lang(locale): heard_web::Lang,
    PathParams(plan): PathParams<PlanId>,
    once: OnceBody<NewPlanVersion>,
) -> Answer<(StatusCode, Tagged<PlanVersionView>)> {
    let body = once.body;
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| {
            let origin = match (body.based_on_id, &body.pack) {
                (Some(id), _) => Origin::Version(id),
                (None, Some(pack)) => Origin::Pack(pack.clone()),
                (None, None) => Origin::Version(current(tx, Some(plan)).await?.version_id),
            };
            service::begin(tx, plan, origin, body.note.as_deref().unwrap_or_default()).await
        })
        .await?;
    Ok((StatusCode::CREATED, show_version(&state, &actor, locale, id).await?))
}
