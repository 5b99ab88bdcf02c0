//! Versions of plans: what they say, and the way from draft to active.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Actor, Error, Locale, Result, codes};
use heard_runtime::Tx;
use heard_web::{
    Answer, AppState, Auth, IfMatch, JsonBody, Lang, PathParams, QueryParams, etag, wire::with_current,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::views::{People, PlanProblem, PlanVersionView, info, problems, step};
use crate::plans::{
    model::Plan,
    records::PlanVersionId,
    rules::{self, SectionChanges},
    service,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(get_plan_version, save_plan_version, delete_plan_version))
        .routes(routes!(submit_plan_version))
        .routes(routes!(send_back_plan_version))
        .routes(routes!(approve_plan_version))
        .routes(routes!(activate_plan_version))
        .routes(routes!(add_law_pack))
        .routes(routes!(compare_plan_versions))
        .routes(routes!(validate_plan))
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<PlanVersionView>);

pub(super) async fn show_version(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    id: PlanVersionId,
) -> Result<Tagged> {
    let reader = actor.clone();
    let (version, content, steps) =
        state.ctx.read(async move |tx| service::version(tx, &reader, id).await).await?;
    let mut people = vec![version.edited_by, version.submitted_by];
    people.extend(steps.iter().map(|step| step.user_id));
    let people = People::find(&state.ctx, people).await?;
    let view = PlanVersionView {
        problems: problems(locale, rules::check(&content)),
        hints: problems(locale, rules::hints(&content)),
        info: info(version, &people),
        content,
        steps: steps.into_iter().map(|done| step(done, &people)).collect(),
    };
    Ok(([(ETAG, etag(view.info.version))], Json(view)))
}

/// Runs a command on a version and answers with what came of it, or with the present state after a conflict.
async fn change<F>(
    state: &AppState,
    actor: &Actor,
    locale: Locale,
    id: PlanVersionId,
    command: F,
) -> Answer<Tagged>
where
    F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<()> + Send + Sync + 'static,
{
    match state.ctx.tx(actor, command).await {
        Ok(()) => Ok(show_version(state, actor, locale, id).await?),
        Err(error) if error.is(codes::VERSION_CONFLICT) => {
            let (_, Json(view)) = show_version(state, actor, locale, id).await?;
            Err(with_current(error, view).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Read a version with all that it says, its history, and what is wrong with it
#[utoipa::path(get, path = "/plan_versions/{id}", tag = "plans", params(("id" = PlanVersionId, Path)),
    responses((status = 200, body = PlanVersionView)))]
async fn get_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
) -> Answer<Tagged> {
    Ok(show_version(&state, &actor, locale, id).await?)
}

/// What of a draft is to change.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct PlanVersionPatch {
    /// All that it says.
    pub content: Option<Plan>,
    /// What it changes and why.
    pub note: Option<String>,
}

/// Save a draft
///
/// It may still be wrong; what is wrong stands in `problems` of the answer. Giving it to review asks for a sound plan.
#[utoipa::path(patch, path = "/plan_versions/{id}", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = PlanVersionPatch, responses((status = 200, body = PlanVersionView)))]
async fn save_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<PlanVersionPatch>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| {
        service::save(tx, id, counter, body.content.as_ref(), body.note.as_deref()).await
    })
    .await
}

/// Throw a draft away
#[utoipa::path(delete, path = "/plan_versions/{id}", tag = "plans", params(("id" = PlanVersionId, Path)),
    responses((status = 204)))]
async fn delete_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanVersionId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why a step is taken.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub(crate) struct PlanStepRequest {
    /// The reason; needed for sending back.
    #[serde(default)]
    pub reason: String,
}

/// Give a draft to review
#[utoipa::path(post, path = "/plan_versions/{id}/submit", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = PlanStepRequest, responses((status = 200, body = PlanVersionView)))]
async fn submit_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<PlanStepRequest>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| service::submit(tx, id, counter, &body.reason).await)
        .await
}

/// Send a version back from review, with a reason
#[utoipa::path(post, path = "/plan_versions/{id}/send_back", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = PlanStepRequest, responses((status = 200, body = PlanVersionView)))]
async fn send_back_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<PlanStepRequest>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| {
        service::send_back(tx, id, counter, &body.reason).await
    })
    .await
}

/// Approve a version under review
///
/// Whoever saved or submitted it last needs somebody else for that, unless they are an administrator.
#[utoipa::path(post, path = "/plan_versions/{id}/approve", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = PlanStepRequest, responses((status = 200, body = PlanVersionView)))]
async fn approve_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<PlanStepRequest>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| service::approve(tx, id, counter, &body.reason).await)
        .await
}

/// Make an approved or retired version the one that new cases follow
#[utoipa::path(post, path = "/plan_versions/{id}/activate", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = PlanStepRequest, responses((status = 200, body = PlanVersionView)))]
async fn activate_plan_version(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<PlanStepRequest>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| service::activate(tx, id, counter, &body.reason).await)
        .await
}

/// Which law.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct LawPackRequest {
    /// The key of the law pack.
    pub law_pack: String,
}

/// Add the clocks of a law pack to a draft, switched off
#[utoipa::path(post, path = "/plan_versions/{id}/law_packs", tag = "plans", params(("id" = PlanVersionId, Path)),
    request_body = LawPackRequest, responses((status = 200, body = PlanVersionView)))]
async fn add_law_pack(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<PlanVersionId>,
    IfMatch(counter): IfMatch,
    JsonBody(body): JsonBody<LawPackRequest>,
) -> Answer<Tagged> {
    change(&state, &actor, locale, id, async move |tx| {
        service::add_law(tx, id, counter, &body.law_pack).await
    })
    .await
}

/// With which version another one is compared.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompareQuery {
    /// The version that counts as the former one.
    pub with: PlanVersionId,
}

/// What differs between two plans.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanComparison {
    /// The sections that differ.
    pub sections: Vec<SectionChanges>,
}

/// Compare a version with another one
#[utoipa::path(get, path = "/plan_versions/{id}/compare", tag = "plans",
    params(("id" = PlanVersionId, Path), CompareQuery), responses((status = 200, body = PlanComparison)))]
async fn compare_plan_versions(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<PlanVersionId>,
    QueryParams(query): QueryParams<CompareQuery>,
) -> Answer<Json<PlanComparison>> {
    let compared = async move |tx: &heard_store::Tx<'_>| service::compare(tx, &actor, query.with, id).await;
    Ok(Json(PlanComparison { sections: state.ctx.read(compared).await? }))
}

/// A plan document to be looked at.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ValidatePlan {
    /// What the plan says.
    pub content: Plan,
}

/// What is wrong with a plan document.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanValidation {
    /// Everything that is wrong, in the order of the document; empty when it holds together.
    pub problems: Vec<PlanProblem>,
    /// What holds together and is likely meant otherwise; in the way of nothing.
    pub hints: Vec<PlanProblem>,
}

/// Check a plan document without saving it
#[utoipa::path(post, path = "/plans/validate", tag = "plans", request_body = ValidatePlan,
    responses((status = 200, body = PlanValidation)))]
async fn validate_plan(
    Auth(actor): Auth,
    Lang(locale): Lang,
    JsonBody(body): JsonBody<ValidatePlan>,
) -> Answer<Json<PlanValidation>> {
    let (found, hints) = service::problems(&actor, &body.content).map_err(Error::passed)?;
    Ok(Json(PlanValidation { problems: problems(locale, found), hints: problems(locale, hints) }))
}
