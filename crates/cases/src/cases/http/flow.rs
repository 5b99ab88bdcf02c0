//! A case goes its way.

use axum::extract::State;
use heard_kernel::clock_policy::PauseReason;
use heard_platform::directory::{TeamId, UserId};
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams, wire::given};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    super::{
        detail::CaseDetail,
        model::{CaseId, Outcome},
        service::{self, Archiving, Assignment, Classification},
    },
    Versioned, changed,
};
use crate::plans::PlanVersionId;

/// Classify a case
#[utoipa::path(post, path = "/cases/{id}/classification", tag = "cases", params(("id" = CaseId, Path)),
    request_body = Classification, responses((status = 200, body = CaseDetail)))]
pub(super) async fn classify(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<Classification>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::classify(tx, id, None, body.clone()).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// To whom a case is given. What is absent stays as it is.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[schema(as = CaseAssignment)]
pub(super) struct AssignBody {
    /// Who is responsible; nobody when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UserId>)]
    pub owner_id: Option<Option<UserId>>,
    /// Which team has it; none when `null`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: Option<Option<TeamId>>,
}

/// Give a case to somebody
#[utoipa::path(post, path = "/cases/{id}/assign", tag = "cases", params(("id" = CaseId, Path)),
    request_body = AssignBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn assign(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<AssignBody>,
) -> Answer<Versioned> {
    let wish = Assignment { owner_id: body.owner_id, team_id: body.team_id };
    state.ctx.tx(&actor, async move |tx| service::assign(tx, id, wish).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Take a case
#[utoipa::path(post, path = "/cases/{id}/take", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseDetail)))]
pub(super) async fn take(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::take(tx, id).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// The stage that is to be completed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseStageCompletion)]
pub(super) struct CompleteBody {
    /// Key of the stage that the case is in, as the caller believes.
    pub stage_key: String,
    /// What became of the case, when this is its last stage.
    pub outcome: Option<Outcome>,
    /// The case is archived after its last stage although promises made in it are open.
    #[serde(default)]
    pub promises_go_on: bool,
}

/// Complete the present stage
#[utoipa::path(post, path = "/cases/{id}/complete_stage", tag = "cases", params(("id" = CaseId, Path)),
    request_body = CompleteBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn complete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<CompleteBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| {
            let done = service::StageDoneWith { outcome: body.outcome, promises_go_on: body.promises_go_on };
            service::complete_stage(tx, id, &body.stage_key, done, locale).await
        })
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// A stage, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseStageReason)]
pub(super) struct StageBody {
    /// Key of the stage.
    pub stage_key: String,
    /// Why.
    pub reason: String,
}

/// The stage that is to be left out, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseStageSkip)]
pub(super) struct SkipBody {
    /// Key of the stage that the case is in, as the caller believes.
    pub stage_key: String,
    /// Why.
    pub reason: String,
    /// The case is archived after its last stage although promises made in it are open.
    #[serde(default)]
    pub promises_go_on: bool,
}

/// Leave the present stage out, when it is optional
#[utoipa::path(post, path = "/cases/{id}/skip_stage", tag = "cases", params(("id" = CaseId, Path)),
    request_body = SkipBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn skip(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<SkipBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| {
            service::skip_stage(tx, id, &body.stage_key, &body.reason, body.promises_go_on).await
        })
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Go back to an earlier stage
#[utoipa::path(post, path = "/cases/{id}/return_to_stage", tag = "cases", params(("id" = CaseId, Path)),
    request_body = StageBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn go_back(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<StageBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| service::return_to_stage(tx, id, &body.stage_key, &body.reason).await)
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// For whom a case waits.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseWait)]
pub(super) struct WaitBody {
    /// For whom.
    pub reason: PauseReason,
    /// What for.
    #[serde(default)]
    pub note: String,
}

/// Let a case wait
#[utoipa::path(post, path = "/cases/{id}/wait", tag = "cases", params(("id" = CaseId, Path)),
    request_body = WaitBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn wait(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<WaitBody>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::wait(tx, id, body.reason, &body.note).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Let a case go on
#[utoipa::path(post, path = "/cases/{id}/resume", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseDetail)))]
pub(super) async fn resume(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::resume(tx, id).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Archive a case before its last stage is done
#[utoipa::path(post, path = "/cases/{id}/archive", tag = "cases", params(("id" = CaseId, Path)),
    request_body = Archiving, responses((status = 200, body = CaseDetail)))]
pub(super) async fn archive(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<Archiving>,
) -> Answer<Versioned> {
    state.ctx.tx(&actor, async move |tx| service::archive(tx, id, body.clone()).await).await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Why an archived case is opened again.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseReopening)]
pub(super) struct ReopenBody {
    /// Why.
    pub reason: String,
    /// Key of the stage that begins; where it is handled when absent.
    pub stage_key: Option<String>,
}

/// Open an archived case again
#[utoipa::path(post, path = "/cases/{id}/reopen", tag = "cases", params(("id" = CaseId, Path)),
    request_body = ReopenBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn reopen(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<ReopenBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| service::reopen(tx, id, body.stage_key.as_deref(), &body.reason).await)
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}

/// Which version of the plan a case is to follow.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CasePlanChange)]
pub(super) struct PlanBody {
    /// The version.
    pub plan_version_id: PlanVersionId,
    /// Why.
    pub reason: String,
}

/// Move a case to another version of the plan
#[utoipa::path(post, path = "/cases/{id}/plan", tag = "cases", params(("id" = CaseId, Path)),
    request_body = PlanBody, responses((status = 200, body = CaseDetail)))]
pub(super) async fn change_plan(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<PlanBody>,
) -> Answer<Versioned> {
    state
        .ctx
        .tx(&actor, async move |tx| {
            service::move_to_version(tx, id, body.plan_version_id, &body.reason).await
        })
        .await?;
    Ok(changed(&state, &actor, locale, id).await?)
}
