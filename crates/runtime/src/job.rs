//! Jobs: external or slow work, done at least once.

use std::{sync::Arc, time::Duration};

use heard_kernel::{Actor, Code, Error, Page, PageRequest, Result, Timestamp, codes};
use heard_store::{Direction, FromRow, List, Row, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{Ctx, SendFuture, Tx};

/// A kind of job: a plain struct of what is to be done.
pub trait JobKind: Serialize + DeserializeOwned {
    /// Name, as `mail.send`.
    const KIND: &'static str;
    /// How often it is tried. With the backoff below twelve attempts take about a day.
    const MAX_ATTEMPTS: u32 = 12;

    /// Jobs of a kind with the same key are one job while it waits.
    fn dedup_key(&self) -> Option<String> {
        None
    }
}

/// Does jobs of a kind.
pub trait JobHandler: Send + Sync + 'static {
    /// The kind that it handles.
    fn kind(&self) -> &'static str;
    /// Does the job. An error means another attempt later; `job_hopeless` means that none would help.
    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()>;
}

/// Trying again would not help: the job is dead at once.
pub const JOB_HOPELESS: Code = Code::new("job_hopeless", 422);

/// What becomes of a job. One that is done is removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its time or for a worker.
    Queued,
    /// A worker does it.
    Running,
    /// All attempts failed; a person decides.
    Dead,
}

/// A stored job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its id, also the idempotency key towards the outside.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// What becomes of it.
    pub state: JobState,
    /// What is to be done.
    pub payload: Value,
    /// When it runs next.
    pub run_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// How often it is tried at most.
    pub max_attempts: u32,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Job {
    /// What is to be done, as `J`.
    ///
    /// # Errors
    /// `job_hopeless` when it does not fit.
    pub fn decode<J: JobKind>(&self) -> Result<J> {
        serde_json::from_value(self.payload.clone()).map_err(|e| Error::new(JOB_HOPELESS).because(e))
    }
}

const COLUMNS: &str = "id, kind, state, payload, run_at, attempts, max_attempts, last_error, created_at";

impl FromRow for Job {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let state: String = row.get(2)?;
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            state: match state.as_str() {
                "queued" => JobState::Queued,
                "running" => JobState::Running,
                _ => JobState::Dead,
            },
            payload: row.get(3)?,
            run_at: row.get(4)?,
            attempts: row.get(5)?,
            max_attempts: row.get(6)?,
            last_error: row.get(7)?,
            created_at: row.get(8)?,
        })
    }
}

/// A deadline whose handler failed, kept for a person. Retrying makes it due again.
#[derive(Serialize, Deserialize)]
pub(crate) struct FailedDeadline {
    pub(crate) kind: String,
    pub(crate) subject_id: Uuid,
    pub(crate) due_at: Timestamp,
    pub(crate) data: Value,
}

impl JobKind for FailedDeadline {
    const KIND: &'static str = "spine.deadline";
    const MAX_ATTEMPTS: u32 = 1;
}

/// An event that a reactor could not act on, kept for a person. Retrying lets the reactor act on it alone.
#[derive(Serialize, Deserialize)]
pub(crate) struct FailedReaction {
    pub(crate) reactor: String,
    pub(crate) seq: i64,
}

impl JobKind for FailedReaction {
    const KIND: &'static str = "spine.reaction";
    const MAX_ATTEMPTS: u32 = 1;
}

const INSERT: &str = "INSERT INTO jobs (id, kind, dedup_key, state, payload, run_at, attempts, max_attempts, last_error, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
     ON CONFLICT (kind, dedup_key) DO UPDATE SET run_at = excluded.run_at, payload = excluded.payload, \
     state = 'queued', attempts = 0, last_error = NULL WHERE jobs.state <> 'running'";

pub(crate) async fn enqueue<J: JobKind>(tx: &Tx<'_>, job: &J, run_at: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(job).map_err(Error::internal)?;
    let id: Uuid = tx.new_id();
    let values = params![
        id,
        J::KIND,
        job.dedup_key(),
        "queued",
        payload,
        run_at,
        0,
        J::MAX_ATTEMPTS,
        None::<String>,
        tx.now()
    ];
    tx.later(INSERT, &values).await?;
    Ok(())
}

pub(crate) async fn enqueue_dead<J: JobKind>(tx: &Tx<'_>, job: &J, error: &str) -> Result<()> {
    let payload = serde_json::to_string(job).map_err(Error::internal)?;
    let id: Uuid = tx.new_id();
    let values = params![
        id,
        J::KIND,
        None::<String>,
        "dead",
        payload,
        tx.now(),
        J::MAX_ATTEMPTS,
        J::MAX_ATTEMPTS,
        error,
        tx.now()
    ];
    tx.later(INSERT, &values).await?;
    Ok(())
}

/// How long a worker may take before another may have the job.
const LEASE: Duration = Duration::from_secs(300);

/// Jobs that are due, oldest first.
pub(crate) async fn due(ctx: &Ctx, limit: usize) -> Result<Vec<Uuid>> {
    let now = ctx.now();
    ctx.read(async move |tx| {
        let queued: Vec<(Uuid,)> = tx
            .query(
                "SELECT id FROM jobs WHERE state = 'queued' AND run_at <= $1 ORDER BY run_at LIMIT $2",
                &params![now, limit],
            )
            .await?;
        let lost: Vec<(Uuid,)> = tx
            .query(
                "SELECT id FROM jobs WHERE state = 'running' AND lease_until <= $1 ORDER BY run_at LIMIT $2",
                &params![now, limit],
            )
            .await?;
        Ok(queued.into_iter().chain(lost).map(|(id,)| id).collect())
    })
    .await
}

/// When the next job is due that is not due yet.
pub(crate) async fn next_due(ctx: &Ctx) -> Result<Option<Timestamp>> {
    ctx.read(async |tx| {
        let sql = "SELECT min(run_at) FROM jobs WHERE state = 'queued'";
        Ok(tx.scalar::<Option<Timestamp>>(sql, &[]).await?.flatten())
    })
    .await
}

/// Takes a job, unless another worker was faster, does it and stores how it ended. Tells whether it was taken.
pub(crate) async fn work(ctx: &Ctx, id: Uuid, handlers: &[Arc<dyn JobHandler>]) -> Result<bool> {
    let Some(job) = claim(ctx, id).await? else { return Ok(false) };
    let handler = handlers.iter().find(|handler| handler.kind() == job.kind);
    let result = match handler {
        Some(handler) => handler.run(ctx, &job).await,
        None => Err(Error::new(JOB_HOPELESS).because(format!("nobody does jobs of kind {}", job.kind))),
    };
    finish(ctx, job, result).await?;
    Ok(true)
}

async fn claim(ctx: &Ctx, id: Uuid) -> Result<Option<Job>> {
    ctx.tx(&Actor::system(), async move |tx| {
        let claimed = tx
            .execute(
                "UPDATE jobs SET state = 'running', lease_until = $1, attempts = attempts + 1 WHERE id = $2 \
                 AND ((state = 'queued' AND run_at <= $3) OR (state = 'running' AND lease_until <= $3))",
                &params![tx.now() + LEASE, id, tx.now()],
            )
            .await?;
        if claimed == 0 {
            return Ok(None);
        }
        let sql = format!("SELECT {COLUMNS} FROM jobs WHERE id = $1");
        tx.optional(&sql, &params![id]).await
    })
    .await
}

async fn finish(ctx: &Ctx, job: Job, result: Result<()>) -> Result<()> {
    let failed = result.err();
    if let Some(error) = &failed {
        tracing::warn!(kind = job.kind, id = %job.id, attempt = job.attempts, %error, "a job failed");
    }
    let outcome = failed.map(|error| (error.to_string(), error.is(JOB_HOPELESS)));
    ctx.tx(&Actor::system(), async move |tx| {
        let Some((error, hopeless)) = &outcome else {
            return tx.later("DELETE FROM jobs WHERE id = $1", &params![job.id]).await;
        };
        let dead = *hopeless || job.attempts >= job.max_attempts;
        let spread = u64::from(tx.secret()[0]);
        let state = if dead { "dead" } else { "queued" };
        tx.later(
            "UPDATE jobs SET state = $1, run_at = $2, last_error = $3, lease_until = NULL WHERE id = $4",
            &params![state, tx.now() + backoff(job.attempts, spread), error, job.id],
        )
        .await
    })
    .await
}

/// How long to wait after an attempt: 5 s doubled each time up to 6 h, spread by up to a quarter (`spread` in 0..=255).
fn backoff(attempt: u32, spread: u64) -> Duration {
    let base = 5_000_u64.saturating_mul(1 << attempt.saturating_sub(1).min(20)).min(6 * 3_600_000);
    Duration::from_millis(base + base / 4 * spread / 255)
}

/// How many jobs there are in each state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct JobSummary {
    /// Waiting.
    pub queued: u64,
    /// Being done.
    pub running: u64,
    /// Given up.
    pub dead: u64,
}

/// Counts jobs by state.
///
/// # Errors
/// The storage codes.
pub async fn summary(ctx: &Ctx) -> Result<JobSummary> {
    ctx.read(async |tx| {
        let rows: Vec<(String, u64)> =
            tx.query("SELECT state, count(*) FROM jobs GROUP BY state", &[]).await?;
        let of = |state: &str| rows.iter().find(|row| row.0 == state).map_or(0, |row| row.1);
        Ok(JobSummary { queued: of("queued"), running: of("running"), dead: of("dead") })
    })
    .await
}

/// Lists jobs, the newest first.
///
/// # Errors
/// `cursor_invalid`; the storage codes.
pub async fn list(
    ctx: &Ctx,
    state: Option<JobState>,
    kind: Option<String>,
    page: &PageRequest,
) -> Result<Page<Job>> {
    let after = page.after::<Uuid>()?;
    let limit = page.limit();
    ctx.read(async move |tx| {
        let state = state.map(|state| match state {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Dead => "dead",
        });
        let after = after.map(|id| params![id]);
        let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM jobs"))
            .filter_some("state = ?", state)
            .filter_some("kind = ?", kind.as_deref())
            .page(&["id"], Direction::Descending, after.as_ref().map(|key| key.as_slice()), limit);
        let jobs: Vec<Job> = tx.query(&sql, &values).await?;
        Ok(Page::from_extra(jobs, limit, |job| heard_kernel::Cursor::encode(&job.id)))
    })
    .await
}

/// Lets a dead or waiting job run now. Right checks are the caller's.
///
/// # Errors
/// `not_found` when it is gone or running; the storage codes.
pub async fn retry(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    let sql =
        "UPDATE jobs SET state = 'queued', attempts = 0, run_at = $1 WHERE id = $2 AND state <> 'running'";
    if tx.execute(sql, &params![tx.now(), id]).await? == 0 {
        return Err(Error::not_found("job"));
    }
    tx.wake_jobs();
    Ok(())
}

/// Lets all dead jobs, or those of a kind, run now, and tells how many they are.
///
/// # Errors
/// The storage codes.
pub async fn retry_all(tx: &Tx<'_>, kind: Option<&str>) -> Result<u64> {
    let sql = "UPDATE jobs SET state = 'queued', attempts = 0, run_at = $1 WHERE state = 'dead'";
    let count = match kind {
        Some(kind) => tx.execute(&format!("{sql} AND kind = $2"), &params![tx.now(), kind]).await?,
        None => tx.execute(sql, &params![tx.now()]).await?,
    };
    tx.wake_jobs();
    Ok(count)
}

/// Removes a job that is not running.
///
/// # Errors
/// `not_found` when it is gone or running; the storage codes.
pub async fn discard(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    if tx.execute("DELETE FROM jobs WHERE id = $1 AND state <> 'running'", &params![id]).await? == 0 {
        return Err(Error::new(codes::NOT_FOUND).with("kind", "job"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_up_to_six_hours() {
        assert_eq!(backoff(1, 0), Duration::from_secs(5));
        assert_eq!(backoff(4, 0), Duration::from_secs(40));
        assert_eq!(backoff(30, 255), Duration::from_secs(6 * 3_600 + 5_400));
    }
}
