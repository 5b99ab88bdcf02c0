//! System and jobs over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use heard_kernel::{Page, PageRequest, Timestamp};
use heard_runtime::JobState;
use heard_web::{Answer, AppState, Auth, JsonBody, Lang, PathParams, QueryParams};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    jobs,
    measure::{self, System},
};

/// A job.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Job {
    /// Which one.
    pub id: Uuid,
    /// What kind of work it is.
    pub kind: String,
    /// What becomes of it.
    pub state: JobStateWord,
    /// How often it was tried.
    pub attempts: u32,
    /// How often it is tried at most.
    pub max_attempts: u32,
    /// When it runs next.
    pub run_at: Timestamp,
    /// Why the last attempt failed.
    #[schema(required = true)]
    pub last_error: Option<String>,
    /// What is to be done.
    #[schema(value_type = serde_json::Value)]
    pub payload: Value,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What becomes of a job. One that is done is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobStateWord {
    /// Waits for its time or for a worker.
    Queued,
    /// A worker does it.
    Running,
    /// All attempts failed; a person decides.
    Dead,
}

impl From<JobState> for JobStateWord {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Queued => Self::Queued,
            JobState::Running => Self::Running,
            JobState::Dead => Self::Dead,
        }
    }
}

impl From<JobStateWord> for JobState {
    fn from(state: JobStateWord) -> Self {
        match state {
            JobStateWord::Queued => Self::Queued,
            JobStateWord::Running => Self::Running,
            JobStateWord::Dead => Self::Dead,
        }
    }
}

/// Which jobs are wanted.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// Only those of which this becomes.
    pub state: Option<JobStateWord>,
    /// Only those of this kind.
    pub kind: Option<String>,
}

/// How many jobs there are, and how far everything is that follows the log.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct JobsSummary {
    /// Waiting.
    pub queued: u64,
    /// Being done.
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// What follows the log.
    pub reactors: Vec<ReactorInfo>,
}

/// How far a reactor is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReactorInfo {
    /// Its name.
    pub name: String,
    /// The last event that its stored cursor covers: it acted on it or passed it over.
    pub position: i64,
    /// Events after that, by their numbers in the log. Up to 1,000 of them, for up to ten seconds, may have been passed over
    /// already: what does not concern a reactor moves its cursor later.
    pub behind: i64,
    /// Why its last attempt failed.
    #[schema(required = true)]
    pub failing: Option<String>,
}

/// Which failed jobs to do again.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct RetryAll {
    /// Only those of this kind.
    pub kind: Option<String>,
}

/// How many jobs are done again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Retried {
    /// How many.
    pub count: u64,
}

/// The routes of system and jobs.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(system))
        .routes(routes!(list))
        .routes(routes!(summary))
        .routes(routes!(retry))
        .routes(routes!(discard))
        .routes(routes!(retry_all))
}

/// The state of the system
#[utoipa::path(get, path = "/system", tag = "system", responses((status = 200, body = System)))]
async fn system(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
) -> Answer<Json<System>> {
    Ok(Json(measure::measure(&state.ctx, &state.hub, &actor, locale).await?))
}

/// List jobs
#[utoipa::path(get, path = "/jobs", tag = "system", params(JobQuery, PageRequest),
    responses((status = 200, body = Page<Job>)))]
async fn list(
    State(state): State<AppState>,
    Auth(actor): Auth,
    QueryParams(query): QueryParams<JobQuery>,
    QueryParams(page): QueryParams<PageRequest>,
) -> Answer<Json<Page<Job>>> {
    let wanted = query.state.map(JobState::from);
    let jobs = jobs::list(&state.ctx, &actor, wanted, query.kind, &page).await?;
    Ok(Json(jobs.map(|job| Job {
        id: job.id,
        kind: job.kind,
        state: job.state.into(),
        attempts: job.attempts,
        max_attempts: job.max_attempts,
        run_at: job.run_at,
        last_error: job.last_error,
        payload: job.payload,
        created_at: job.created_at,
    })))
}

/// Count jobs
#[utoipa::path(get, path = "/jobs/summary", tag = "system", responses((status = 200, body = JobsSummary)))]
async fn summary(State(state): State<AppState>, Auth(actor): Auth) -> Answer<Json<JobsSummary>> {
    let (counts, reactors) = jobs::summary(&state.ctx, &actor).await?;
    let reactors = reactors.into_iter().map(|reactor| ReactorInfo {
        name: reactor.name,
        position: reactor.position,
        behind: reactor.behind,
        failing: reactor.failing,
    });
    Ok(Json(JobsSummary {
        queued: counts.queued,
        running: counts.running,
        dead: counts.dead,
        reactors: reactors.collect(),
    }))
}

/// Do a job again
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "system", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn retry(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<Uuid>,
) -> Answer<StatusCode> {
    jobs::retry(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a job up
#[utoipa::path(delete, path = "/jobs/{id}", tag = "system", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn discard(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<Uuid>,
) -> Answer<StatusCode> {
    jobs::discard(&state.ctx, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Do all failed jobs again
#[utoipa::path(post, path = "/jobs/retry_all", tag = "system", request_body = RetryAll,
    responses((status = 200, body = Retried)))]
async fn retry_all(
    State(state): State<AppState>,
    Auth(actor): Auth,
    JsonBody(body): JsonBody<RetryAll>,
) -> Answer<Json<Retried>> {
    Ok(Json(Retried { count: jobs::retry_all(&state.ctx, &actor, body.kind).await? }))
}
