//! Evaluations and updates of plans over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Actor, Page, Result, Timestamp, codes};
use heard_platform::directory::UserRef;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, OnceBody, PathParams, etag, wire::with_current};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Action, Evaluation, EvaluationId, EvaluationKind, Findings, Target},
    service::{self, Draft},
};
use crate::plans::{
    http::People,
    records::{PlanId, PlanVersionId},
};

/// The routes of evaluations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_plan_evaluations, create_plan_evaluation)).routes(routes!(
        get_plan_evaluation,
        update_plan_evaluation,
        delete_plan_evaluation
    ))
}

/// A corrective action as it is shown.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct CorrectiveActionView {
    /// What is to be done.
    pub title: String,
    /// Who does it.
    #[schema(required = true)]
    pub owner: Option<UserRef>,
    /// By which day, as 2026-12-31.
    #[schema(required = true)]
    pub due_on: Option<String>,
    /// Whether it is done.
    pub done: bool,
    /// On which day it was done, when that is known.
    #[schema(required = true)]
    pub done_on: Option<String>,
    /// What came of it.
    pub outcome: String,
    /// The cause or category whose cases are to become fewer by it.
    #[schema(required = true)]
    pub about: Option<Target>,
}

/// An evaluation or update of a plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanEvaluationView {
    /// Which one.
    pub id: EvaluationId,
    /// Of which plan.
    pub plan_id: PlanId,
    /// The version that was looked at, or that the update led to.
    #[schema(required = true)]
    pub plan_version_id: Option<PlanVersionId>,
    /// What is recorded.
    pub kind: EvaluationKind,
    /// Title.
    pub title: String,
    /// First day of the period looked at.
    #[schema(required = true)]
    pub period_from: Option<String>,
    /// Its last day.
    #[schema(required = true)]
    pub period_to: Option<String>,
    /// What was written down.
    pub findings: Findings,
    /// Corrective actions.
    pub actions: Vec<CorrectiveActionView>,
    /// Actions that are not done.
    pub open_actions: i64,
    /// Who recorded it.
    #[schema(required = true)]
    pub created_by: Option<UserRef>,
    /// When.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

async fn show(state: &AppState, found: Vec<Evaluation>) -> Result<Vec<PlanEvaluationView>> {
    let owners = found.iter().flat_map(|evaluation| &evaluation.actions).map(|action| action.owner_id);
    let people = owners.chain(found.iter().map(|evaluation| evaluation.created_by)).collect();
    let people = People::find(&state.ctx, people).await?;
    let action = |action: Action| CorrectiveActionView {
        title: action.title,
        owner: people.get(action.owner_id),
        due_on: action.due_on,
        done: action.done,
        done_on: action.done_on,
        outcome: action.outcome,
        about: action.about,
    };
    let one = |evaluation: Evaluation| PlanEvaluationView {
        id: evaluation.id,
        plan_id: evaluation.plan_id,
        plan_version_id: evaluation.plan_version_id,
        kind: evaluation.kind,
        title: evaluation.title,
        period_from: evaluation.period_from,
        period_to: evaluation.period_to,
        findings: evaluation.findings,
        actions: evaluation.actions.into_iter().map(action).collect(),
        open_actions: evaluation.open_actions,
        created_by: people.get(evaluation.created_by),
        created_at: evaluation.created_at,
        updated_at: evaluation.updated_at,
        version: evaluation.version,
    };
    Ok(found.into_iter().map(one).collect())
}

type Tagged = ([(HeaderName, HeaderValue); 1], Json<PlanEvaluationView>);

async fn show_one(state: &AppState, actor: &Actor, id: EvaluationId) -> Result<Tagged> {
    let actor = actor.clone();
    let found = state.ctx.read(async move |tx| service::get(tx, &actor, id).await).await?;
    let view = show(state, vec![found]).await?.remove(0);
    Ok(([(ETAG, etag(view.version))], Json(view)))
}

/// List evaluations and updates of a plan, the newest first
#[utoipa::path(get, path = "/plans/{id}/evaluations", tag = "plans", params(("id" = PlanId, Path)),
    responses((status = 200, body = Page<PlanEvaluationView>)))]
async fn list_plan_evaluations(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(plan): PathParams<PlanId>,
) -> Answer<Json<Page<PlanEvaluationView>>> {
    let found = state.ctx.read(async move |tx| service::list(tx, &actor, plan).await).await?;
    Ok(Json(Page { items: show(&state, found).await?, next_cursor: None }))
}

/// What an evaluation or update is to say.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct PlanEvaluationRequest {
    /// What is recorded.
    pub kind: EvaluationKind,
    /// Title.
    pub title: String,
    /// The version that was looked at, or that the update led to.
    pub plan_version_id: Option<PlanVersionId>,
    /// First day of the period looked at, as 2026-07-01.
    pub period_from: Option<String>,
    /// Its last day.
    pub period_to: Option<String>,
    /// What was written down.
    #[serde(default)]
    pub findings: Findings,
    /// Corrective actions.
    #[serde(default)]
    pub actions: Vec<Action>,
}

impl From<PlanEvaluationRequest> for Draft {
    fn from(request: PlanEvaluationRequest) -> Self {
        Self {
            kind: request.kind,
            title: request.title,
            plan_version_id: request.plan_version_id,
            period_from: request.period_from,
            period_to: request.period_to,
            findings: request.findings,
            actions: request.actions,
        }
    }
}

/// Record an evaluation or update of a plan
#[utoipa::path(post, path = "/plans/{id}/evaluations", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanEvaluationRequest, responses((status = 201, body = PlanEvaluationView)))]
async fn create_plan_evaluation(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(plan): PathParams<PlanId>,
    once: OnceBody<PlanEvaluationRequest>,
) -> Answer<(StatusCode, Tagged)> {
    let draft = Draft::from(once.body);
    let id = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| service::create(tx, plan, draft.clone()).await)
        .await?;
    Ok((StatusCode::CREATED, show_one(&state, &actor, id).await?))
}

/// Read an evaluation or update of a plan
#[utoipa::path(get, path = "/plan_evaluations/{id}", tag = "plans", params(("id" = EvaluationId, Path)),
    responses((status = 200, body = PlanEvaluationView)))]
async fn get_plan_evaluation(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<EvaluationId>,
) -> Answer<Tagged> {
    Ok(show_one(&state, &actor, id).await?)
}

/// Write an evaluation or update of a plan anew
#[utoipa::path(put, path = "/plan_evaluations/{id}", tag = "plans", params(("id" = EvaluationId, Path)),
    request_body = PlanEvaluationRequest, responses((status = 200, body = PlanEvaluationView)))]
async fn update_plan_evaluation(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<EvaluationId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<PlanEvaluationRequest>,
) -> Answer<Tagged> {
    let draft = Draft::from(body);
    let changed =
        state.ctx.tx(&actor, async move |tx| service::update(tx, id, version, draft.clone()).await).await;
    match changed {
        Ok(()) => Ok(show_one(&state, &actor, id).await?),
        Err(error) if error.is(codes::VERSION_CONFLICT) => {
            let (_, Json(view)) = show_one(&state, &actor, id).await?;
            Err(with_current(error, view).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Remove an evaluation or update of a plan
#[utoipa::path(delete, path = "/plan_evaluations/{id}", tag = "plans", params(("id" = EvaluationId, Path)),
    responses((status = 204)))]
async fn delete_plan_evaluation(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<EvaluationId>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::delete(tx, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
