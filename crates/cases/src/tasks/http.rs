//! Tasks over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Locale, Page, PageRequest, Result};
use heard_platform::directory::{TeamRef, UserRef};
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    lists::{self, TaskCounts, TaskQuery},
    model::{Ending, NewTask, Task, TaskId, TaskPatch},
    service,
};
use crate::{
    cases::{self, CaseId, CaseRef},
    ground::Names,
};

/// The routes of tasks.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(change))
        .routes(routes!(complete))
        .routes(routes!(not_needed))
        .routes(routes!(reopen))
        .routes(routes!(across))
        .routes(routes!(counts))
}

/// Something to be done on a case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseTask)]
pub struct TaskView {
    /// As it stands.
    #[serde(flatten)]
    pub task: Task,
    /// What to do, in the language of the answer.
    pub words: String,
    /// How, in the language of the answer.
    pub how: String,
    /// Who does it.
    #[schema(required = true)]
    pub assignee: Option<UserRef>,
    /// The team that does it.
    #[schema(required = true)]
    pub team: Option<TeamRef>,
    /// Who did it or found it not needed.
    #[schema(required = true)]
    pub ended_by_user: Option<UserRef>,
}

/// Adds names to tasks.
pub(crate) async fn show(ctx: &Ctx, locale: Locale, tasks: Vec<Task>) -> Result<Vec<TaskView>> {
    let users = tasks.iter().flat_map(|task| [task.assignee_id, task.ended_by]);
    let names = Names::of(ctx, users, tasks.iter().map(|task| task.team_id)).await?;
    let shown = |task: Task| TaskView {
        words: task.title.in_locale(locale).to_owned(),
        how: task.detail.in_locale(locale).to_owned(),
        assignee: names.user(task.assignee_id),
        team: names.team(task.team_id),
        ended_by_user: names.user(task.ended_by),
        task,
    };
    Ok(tasks.into_iter().map(shown).collect())
}

async fn one(state: &AppState, locale: Locale, task: Task) -> Result<Json<TaskView>> {
    Ok(Json(show(&state.ctx, locale, vec![task]).await?.remove(0)))
}

/// The tasks of a case
#[utoipa::path(get, path = "/cases/{id}/tasks", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Page<TaskView>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<Page<TaskView>>> {
    let tasks = state.ctx.read(async move |tx| service::list(tx, &actor, id).await).await?;
    Ok(Json(Page { items: show(&state.ctx, locale, tasks).await?, next_cursor: None }))
}

/// A task with the case that it belongs to.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = ListedCaseTask)]
pub(crate) struct ListedTask {
    /// The task.
    #[serde(flatten)]
    pub task: TaskView,
    /// The case.
    pub case: CaseRef,
}

/// Tasks across cases: the caller's open ones, or others
#[utoipa::path(get, path = "/case_tasks", tag = "cases", params(TaskQuery, PageRequest),
    responses((status = 200, body = Page<ListedTask>)))]
async fn across(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    QueryParams(query): QueryParams<TaskQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<ListedTask>>> {
    let now = state.ctx.now();
    let (found, cases) = state
        .ctx
        .read(async move |tx| {
            let found = lists::across(tx, &actor, query, now, &page).await?;
            let ids: Vec<CaseId> = found.items.iter().map(|task| task.case_id).collect();
            Ok((found, cases::refs(tx, ids).await?))
        })
        .await?;
    let next_cursor = found.next_cursor;
    let shown = show(&state.ctx, locale, found.items).await?.into_iter();
    let items = shown
        .filter_map(|task| Some(ListedTask { case: cases.get(&task.task.case_id)?.clone(), task }))
        .collect();
    Ok(Json(Page { items, next_cursor }))
}

/// How many tasks the caller has
#[utoipa::path(get, path = "/case_tasks/counts", tag = "cases", responses((status = 200, body = TaskCounts)))]
async fn counts(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<TaskCounts>> {
    let now = state.ctx.now();
    Ok(Json(state.ctx.read(async move |tx| lists::counts(tx, &actor, now).await).await?))
}

/// Add a task to a case
#[utoipa::path(post, path = "/cases/{id}/tasks", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewTask, responses((status = 201, body = TaskView)))]
async fn add(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    once: OnceBody<NewTask>,
) -> Answer<(StatusCode, Json<TaskView>)> {
    let (reader, body) = (actor.clone(), once.body);
    let task = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(service::add(tx, id, body.clone()).await?.id))
        .await?;
    let mut tasks = state.ctx.read(async move |tx| service::list(tx, &reader, id).await).await?;
    tasks.retain(|known| known.id == task);
    let added = tasks.pop().ok_or_else(|| heard_kernel::Error::not_found("task"))?;
    Ok((StatusCode::CREATED, one(&state, locale, added).await?))
}

/// Change a task, give it to somebody, set until when
#[utoipa::path(patch, path = "/cases/{id}/tasks/{task_id}", tag = "cases",
    params(("id" = CaseId, Path), ("task_id" = TaskId, Path)), request_body = TaskPatch,
    responses((status = 200, body = TaskView)))]
async fn change(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, task)): PathParams<(CaseId, TaskId)>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<TaskPatch>,
) -> Answer<Json<TaskView>> {
    let task = state
        .ctx
        .tx(&actor, async move |tx| service::change(tx, id, task, version, body.clone()).await)
        .await?;
    Ok(one(&state, locale, task).await?)
}

/// Say that a task was done
#[utoipa::path(post, path = "/cases/{id}/tasks/{task_id}/done", tag = "cases",
    params(("id" = CaseId, Path), ("task_id" = TaskId, Path)), request_body = Ending,
    responses((status = 200, body = TaskView)))]
async fn complete(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, task)): PathParams<(CaseId, TaskId)>,
    JsonBody(body): JsonBody<Ending>,
) -> Answer<Json<TaskView>> {
    let task =
        state.ctx.tx(&actor, async move |tx| service::complete(tx, id, task, body.clone()).await).await?;
    Ok(one(&state, locale, task).await?)
}

/// Why a task is not needed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseTaskRefusal)]
pub(crate) struct ReasonBody {
    /// Why.
    pub reason: String,
}

/// Say that a task is not needed
#[utoipa::path(post, path = "/cases/{id}/tasks/{task_id}/not_needed", tag = "cases",
    params(("id" = CaseId, Path), ("task_id" = TaskId, Path)), request_body = ReasonBody,
    responses((status = 200, body = TaskView)))]
async fn not_needed(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, task)): PathParams<(CaseId, TaskId)>,
    JsonBody(body): JsonBody<ReasonBody>,
) -> Answer<Json<TaskView>> {
    let task =
        state.ctx.tx(&actor, async move |tx| service::not_needed(tx, id, task, &body.reason).await).await?;
    Ok(one(&state, locale, task).await?)
}

/// Open an ended task again
#[utoipa::path(post, path = "/cases/{id}/tasks/{task_id}/reopen", tag = "cases",
    params(("id" = CaseId, Path), ("task_id" = TaskId, Path)), responses((status = 200, body = TaskView)))]
async fn reopen(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams((id, task)): PathParams<(CaseId, TaskId)>,
) -> Answer<Json<TaskView>> {
    let task = state.ctx.tx(&actor, async move |tx| service::reopen(tx, id, task).await).await?;
    Ok(one(&state, locale, task).await?)
}
