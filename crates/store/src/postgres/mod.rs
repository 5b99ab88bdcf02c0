//! The PostgreSQL engine: one pooled connection per transaction.

mod attempt;
mod connect;
mod line;
mod notices;
mod tls;
mod value;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use deadpool_postgres::Pool;
use heard_kernel::{Error, Result, codes};
use tokio_util::task::LocalPoolHandle;

pub(crate) use self::line::Line;
use self::{
    attempt::{Failure, attempt},
    connect::Server,
};
use crate::{
    db::{closed, retry},
    error::{from_pool, from_postgres},
    migrate::failed,
    tx::Tx,
};

/// The advisory lock that lets one process at a time change the schema ("hrdM").
const MIGRATION_LOCK: i64 = 0x6872_644d;

/// How often an attempt whose connection broke is repeated on another one. A restarted server leaves a pool of dead
/// connections behind; while it is away, no connection can be had and the caller learns it at once.
const RECONNECTS: u32 = 3;

pub(crate) struct Postgres {
    server: Server,
    threads: LocalPoolHandle,
    /// As many as there are threads.
    lanes: Vec<Arc<Lane>>,
}

/// What one thread has: its own connections. So the task that drives a connection and the transaction that waits for it
/// take turns on one thread, instead of waking each other up on two.
struct Lane {
    pool: Pool,
    /// Transactions that run or wait here.
    busy: AtomicUsize,
}

/// Counts a transaction as long as it is there.
struct Busy(Arc<Lane>);

impl Busy {
    fn new(lane: &Arc<Lane>) -> Self {
        lane.busy.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(lane))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Postgres {
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Self> {
        let server = Server::new(url)?;
        let connections = connections.max(2);
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
        let count = threads.min(connections / 2);
        let lanes = (0..count).map(|index| {
            let pool = server.pool(connections / count + usize::from(index < connections % count))?;
            Ok(Arc::new(Lane { pool, busy: AtomicUsize::new(0) }))
        });
        let lanes = lanes.collect::<Result<_>>()?;
        let postgres = Self { server, threads: LocalPoolHandle::new(count), lanes };
        postgres.run(false, async |_| Ok(())).await?;
        Ok(postgres)
    }

    pub(crate) async fn migrate(&self, runner: refinery::Runner) -> Result<usize> {
        // The lock goes with the connection, however this ends.
        let mut client = self.server.alone().await?;
        client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await.map_err(from_postgres)?;
        let report = runner.run_async(&mut *client).await;
        // Statements were prepared for the schema as it was.
        for lane in &self.lanes {
            lane.pool.manager().statement_caches.clear();
        }
        Ok(report.map_err(failed)?.applied_migrations().len())
    }

    /// Runs the closure in a transaction (`write`) or statement by statement.
    pub(crate) async fn run<T, F>(&self, write: bool, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + Sync + 'static,
    {
        let begin = write.then_some("BEGIN ISOLATION LEVEL READ COMMITTED");
        let f = Arc::new(f);
        let (mut attempts, mut reconnects, mut taken) = (0, 0, false);
        loop {
            let least =
                self.lanes.iter().enumerate().min_by_key(|(_, lane)| lane.busy.load(Ordering::Relaxed));
            let (index, lane) = least.ok_or_else(closed)?;
            let (f, lane) = (Arc::clone(&f), Busy::new(lane));
            // Pinned to a thread: the closure's future need not be `Send`. It goes on when the caller goes away.
            let work = move || async move {
                let client = lane.0.pool.get().await.map_err(from_pool)?;
                attempt(client, begin, &*f).await
            };
            let pinned = self.threads.spawn_pinned_by_idx(work, index);
            match pinned.await.map_err(|e| Error::internal(format!("a transaction panicked: {e}")))? {
                Ok(value) => return Ok(value),
                Err(Failure { error, .. }) if retry(&error, attempts) => {
                    tokio::time::sleep(Duration::from_millis(2 << attempts)).await;
                    attempts += 1;
                }
                // A key that was free when the closure looked and was taken when it wrote: run again, the closure finds what
                // came first, as it would have where one writes after the other.
                Err(Failure { error, .. }) if write && !taken && error.is(codes::ALREADY_EXISTS) => {
                    taken = true
                }
                Err(Failure { lost: true, .. }) if reconnects < RECONNECTS => reconnects += 1,
                Err(Failure { error, .. }) => return Err(error),
            }
        }
    }

    /// Runs the closure on a connection and a thread of its own, where it may take its time.
    pub(crate) async fn snapshot<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFnOnce(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        let client = self.server.alone().await?;
        let runtime = tokio::runtime::Handle::current();
        let work = move || {
            runtime.block_on(async {
                // The connection closes afterwards, which ends the transaction whatever its state.
                client
                    .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(from_postgres)?;
                f(&Tx::postgres(&Line::new(&client, None))).await
            })
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| Error::internal(format!("a snapshot panicked: {e}")))?
    }

    pub(crate) async fn exchange<F>(
        &self,
        channel: &'static str,
        outgoing: impl Fn() -> F + Send,
        heard: impl Fn(Option<&str>) + Send + Sync,
    ) -> Result<()>
    where
        F: Future<Output = String> + Send,
    {
        notices::exchange(&self.server, channel, outgoing, heard).await
    }

    pub(crate) fn close(&self) {
        for lane in &self.lanes {
            lane.pool.close();
        }
    }
}
