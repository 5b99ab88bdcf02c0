//! What people can do with jobs.

use heard_kernel::{Actor, Page, PageRequest, Result};
use heard_runtime::{Ctx, Job, JobState, JobSummary, ReactorState};
use uuid::Uuid;

use super::events::{JobDiscarded, JobRetried, JobsRetried};
use crate::rights::JOB_MANAGE;

/// Jobs, the newest first.
///
/// # Errors
/// `forbidden`; `cursor_invalid`; the storage codes.
pub(super) async fn list(
    ctx: &Ctx,
    actor: &Actor,
    state: Option<JobState>,
    kind: Option<String>,
    page: &PageRequest,
) -> Result<Page<Job>> {
    actor.require(JOB_MANAGE)?;
    heard_runtime::list_jobs(ctx, state, kind, page).await
}

/// How many jobs there are, and how far the reactors are.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn summary(ctx: &Ctx, actor: &Actor) -> Result<(JobSummary, Vec<ReactorState>)> {
    actor.require(JOB_MANAGE)?;
    Ok((heard_runtime::summary(ctx).await?, heard_runtime::reactor_states(ctx).await?))
}

/// Has a job done again.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(super) async fn retry(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<()> {
    actor.require(JOB_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        heard_runtime::retry(tx, id).await?;
        tx.emit(&JobRetried { job_id: id })
    })
    .await
}

/// Gives a job up.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(super) async fn discard(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<()> {
    actor.require(JOB_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        heard_runtime::discard(tx, id).await?;
        tx.emit(&JobDiscarded { job_id: id })
    })
    .await
}

/// Has all failed jobs done again, or those of a kind.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn retry_all(ctx: &Ctx, actor: &Actor, kind: Option<String>) -> Result<u64> {
    actor.require(JOB_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        let count = heard_runtime::retry_all(tx, kind.as_deref()).await?;
        if count > 0 {
            tx.emit(&JobsRetried { job_id: Uuid::nil(), kind: kind.clone(), count })?;
        }
        Ok(count)
    })
    .await
}
