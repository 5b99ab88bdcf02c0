//! Runs reactors, the ticker and the workers.

use std::{sync::Arc, time::Duration};

use heard_kernel::{Actor, Error, Result, Timestamp};
use heard_store::params;
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};
use uuid::Uuid;

use crate::{
    Ctx, Deadline, DeadlineHandler, Job, JobHandler, JobKind, Reactor, SendFuture, deadline, job, lease, log,
    reactor::{self, Follower},
};

/// What the product's features want to be run.
#[derive(Clone, Default)]
pub struct Registry {
    reactors: Vec<Arc<dyn Reactor>>,
    jobs: Vec<Arc<dyn JobHandler>>,
    deadlines: Vec<Arc<dyn DeadlineHandler>>,
}

impl Registry {
    /// Adds a reactor.
    pub fn reactor(&mut self, reactor: impl Reactor) -> &mut Self {
        self.reactors.push(Arc::new(reactor));
        self
    }

    /// Adds who does jobs of a kind.
    pub fn job(&mut self, handler: impl JobHandler) -> &mut Self {
        self.jobs.push(Arc::new(handler));
        self
    }

    /// Adds who handles deadlines of a kind.
    pub fn deadline(&mut self, handler: impl DeadlineHandler) -> &mut Self {
        self.deadlines.push(Arc::new(handler));
        self
    }
}

/// The running parts behind the services.
pub struct Spine {
    ctx: Ctx,
    registry: Registry,
}

/// Stops a running spine.
pub struct Stop {
    signal: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Stop {
    /// Lets running work finish, at most for `patience`, and stops.
    pub async fn stop(mut self, patience: Duration) {
        let _ = self.signal.send(true);
        let drained = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, drained).await.is_err() {
            tracing::warn!("background work did not end in time and goes on after the next start");
        }
    }
}

/// Never sleep longer, so that a clock that jumps or a wake that is lost delays work by no more than this.
const LONGEST_SLEEP: Duration = Duration::from_secs(2);
/// Jobs that are done at the same time.
const WORKERS: usize = 4;
/// The lease of the process that runs reactors and fires deadlines.
const LEASE: &str = "spine";

impl Spine {
    /// Prepares to run what the features registered.
    pub fn new(ctx: Ctx, mut registry: Registry) -> Self {
        let reactors = registry.reactors.clone();
        registry.job(RetryReaction { reactors }).job(RetryDeadline);
        Self { ctx, registry }
    }

    /// Starts everything in the background.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn start(self) -> Result<Stop> {
        self.ensure_cursors().await?;
        let (signal, stop) = watch::channel(false);
        let (leader, led) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(lead(self.ctx.clone(), leader, stop.clone()));
        tasks.spawn(follow_nodes(self.ctx.clone(), stop.clone()));
        for reactor in self.registry.reactors {
            tasks.spawn(follow(self.ctx.clone(), reactor, led.clone(), stop.clone()));
        }
        tasks.spawn(tick(self.ctx.clone(), self.registry.deadlines, led, stop.clone()));
        tasks.spawn(work(self.ctx, self.registry.jobs.into(), stop));
        Ok(Stop { signal, tasks })
    }

    async fn ensure_cursors(&self) -> Result<()> {
        for reactor in &self.registry.reactors {
            reactor::ensure_cursor(&self.ctx, reactor.name()).await?;
        }
        Ok(())
    }

    /// Runs everything that is due, on the caller's task, until nothing is left. For tests and the command line.
    /// Tells how many reactions, deadlines and jobs ran.
    ///
    /// # Errors
    /// The first failure of a reactor; the storage codes.
    pub async fn settle(&self) -> Result<usize> {
        self.ensure_cursors().await?;
        self.ctx.forget_log_end().await;
        let mut followers: Vec<_> = self.registry.reactors.iter().cloned().map(Follower::new).collect();
        let mut total = 0;
        loop {
            let mut count = 0;
            for follower in &mut followers {
                count += follower.step(&self.ctx).await?;
            }
            count += deadline::fire_due(&self.ctx, &self.registry.deadlines).await?;
            for id in job::due(&self.ctx, 100).await? {
                count += usize::from(job::work(&self.ctx, id, &self.registry.jobs).await?);
            }
            if count == 0 {
                for follower in &mut followers {
                    follower.rest(&self.ctx).await?;
                }
                return Ok(total);
            }
            total += count;
        }
    }
}

/// Sleeps until something changes, the time has come, or the process stops.
async fn rest(
    ctx: &Ctx,
    changed: &mut watch::Receiver<u64>,
    until: Option<Timestamp>,
    stop: &mut watch::Receiver<bool>,
) {
    let wanted = until.map_or(LONGEST_SLEEP, |at| {
        Duration::from_millis(u64::try_from(at.millis_since(ctx.now())).unwrap_or(0)).min(LONGEST_SLEEP)
    });
    tokio::select! {
        _ = changed.changed() => {}
        () = tokio::time::sleep(wanted.max(Duration::from_millis(1))) => {}
        () = stopped(stop) => {}
    }
}

/// Waits for the signal to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn lead(ctx: Ctx, leader: watch::Sender<bool>, mut stop: watch::Receiver<bool>) {
    let holder: Uuid = ctx.new_id();
    while !*stop.borrow() {
        let held = lease::hold(&ctx, LEASE, holder).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the lease cannot be renewed");
            false
        });
        leader.send_if_modified(|leads| std::mem::replace(leads, held) != held);
        tokio::select! {
            () = tokio::time::sleep(lease::TERM / 3) => {}
            () = stopped(&mut stop) => {}
        }
    }
    if ctx.db().engine() == heard_store::Engine::Postgres
        && let Err(error) = lease::release(&ctx, LEASE, holder).await
    {
        tracing::warn!(%error, "the lease could not be released and runs out by itself");
    }
}

async fn follow_nodes(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let woken = ctx.clone();
        tokio::select! {
            result = ctx.db().exchange(log::CHANNEL, std::future::pending, |node| woken.heard_from(node)) => {
                if let Err(error) = result {
                    tracing::warn!(%error, "listening for other nodes broke off; trying again");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            () = stopped(&mut stop) => {}
        }
    }
}

async fn follow(
    ctx: Ctx,
    reactor: Arc<dyn Reactor>,
    led: watch::Receiver<bool>,
    mut stop: watch::Receiver<bool>,
) {
    let mut changed = ctx.log_watch();
    let mut follower = Follower::new(reactor);
    while !*stop.borrow() {
        let step = if *led.borrow() {
            follower.step(&ctx).await
        } else {
            follower.forget();
            Ok(0)
        };
        match step {
            Ok(0) => rest(&ctx, &mut changed, None, &mut stop).await,
            Ok(_) => {}
            Err(error) => {
                tracing::debug!(reactor = follower.name(), %error, "waiting before the next attempt");
                tokio::time::sleep(Duration::from_millis(200 << follower.failures().min(5))).await;
            }
        }
    }
    if let Err(error) = follower.rest(&ctx).await {
        tracing::debug!(reactor = follower.name(), %error, "the cursor stays behind; events are passed over again");
    }
}

async fn tick(
    ctx: Ctx,
    handlers: Vec<Arc<dyn DeadlineHandler>>,
    led: watch::Receiver<bool>,
    mut stop: watch::Receiver<bool>,
) {
    let mut changed = ctx.deadlines_watch();
    while !*stop.borrow() {
        let fired = if *led.borrow() { deadline::fire_due(&ctx, &handlers).await } else { Ok(0) };
        let next = match fired {
            Ok(0) => deadline::earliest(&ctx).await.unwrap_or(None),
            Ok(_) => continue,
            Err(error) => {
                tracing::warn!(%error, "deadlines could not be read");
                None
            }
        };
        rest(&ctx, &mut changed, next, &mut stop).await;
    }
}

async fn work(ctx: Ctx, handlers: Arc<[Arc<dyn JobHandler>]>, mut stop: watch::Receiver<bool>) {
    let mut changed = ctx.jobs_watch();
    let free = Arc::new(Semaphore::new(WORKERS));
    let mut running = JoinSet::new();
    while !*stop.borrow() {
        changed.mark_unchanged();
        let due = job::due(&ctx, WORKERS * 4).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "jobs could not be read");
            Vec::new()
        });
        if due.is_empty() {
            let next = job::next_due(&ctx).await.unwrap_or(None);
            rest(&ctx, &mut changed, next, &mut stop).await;
            continue;
        }
        for id in due {
            let Ok(permit) = Arc::clone(&free).acquire_owned().await else { return };
            let (ctx, handlers) = (ctx.clone(), Arc::clone(&handlers));
            running.spawn(async move {
                if let Err(error) = job::work(&ctx, id, &handlers).await {
                    tracing::error!(%id, %error, "the end of a job could not be stored; it will be done again");
                }
                drop(permit);
            });
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}

struct RetryReaction {
    reactors: Vec<Arc<dyn Reactor>>,
}

impl JobHandler for RetryReaction {
    fn kind(&self) -> &'static str {
        job::FailedReaction::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            let failed: job::FailedReaction = job.decode()?;
            let found = self.reactors.iter().find(|reactor| reactor.name() == failed.reactor).cloned();
            let reactor =
                found.ok_or_else(|| Error::internal(format!("no reactor is named {}", failed.reactor)))?;
            let Some(event) = ctx.event(failed.seq).await? else { return Ok(()) };
            let id = job.id;
            ctx.tx(&Actor::system(), async move |tx| {
                reactor.react(tx, &event).await?;
                // In the same transaction, so that a crash right after it does not repeat the effect.
                tx.later("DELETE FROM jobs WHERE id = $1", &params![id]).await
            })
            .await
        })
    }
}

struct RetryDeadline;

impl JobHandler for RetryDeadline {
    fn kind(&self) -> &'static str {
        job::FailedDeadline::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            let failed: job::FailedDeadline = job.decode()?;
            let back = Deadline {
                kind: failed.kind,
                subject_id: failed.subject_id,
                due_at: failed.due_at,
                data: failed.data,
            };
            let id = job.id;
            ctx.tx(&Actor::system(), async move |tx| {
                let set = "INSERT INTO deadlines (kind, subject_id, due_at, data) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (kind, subject_id) DO NOTHING";
                tx.later(set, &params![&back.kind, back.subject_id, back.due_at, &back.data]).await?;
                tx.later("DELETE FROM jobs WHERE id = $1", &params![id]).await
            })
            .await?;
            ctx.wake_all();
            Ok(())
        })
    }
}
