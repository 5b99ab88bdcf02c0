//! The PostgreSQL engine: one pooled connection per transaction.

mod attempt;
mod connect;
mod notices;
mod tls;
mod value;

use std::{sync::Arc, time::Duration};

use deadpool_postgres::Pool;
use heard_kernel::{Error, Result, codes};
use tokio_util::task::LocalPoolHandle;

pub(crate) use self::value::PgValue;
use self::{
    attempt::{Failure, attempt},
    connect::Server,
};
use crate::{
    db::retry,
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
    pool: Pool,
    server: Server,
    threads: LocalPoolHandle,
}

impl Postgres {
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Self> {
        let server = Server::new(url)?;
        let pool = server.pool(connections)?;
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
        drop(pool.get().await.map_err(from_pool)?);
        Ok(Self { pool, server, threads: LocalPoolHandle::new(threads) })
    }

    pub(crate) async fn migrate(&self, runner: refinery::Runner) -> Result<usize> {
        // The lock goes with the connection, however this ends.
        let mut client = self.server.alone().await?;
        client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await.map_err(from_postgres)?;
        let report = runner.run_async(&mut *client).await;
        // Statements were prepared for the schema as it was.
        self.pool.manager().statement_caches.clear();
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
            let client = self.pool.get().await.map_err(from_pool)?;
            let f = Arc::clone(&f);
            // Pinned to a thread: the closure's future need not be `Send`. It goes on when the caller goes away.
            let pinned = self.threads.spawn_pinned(move || async move { attempt(client, begin, &*f).await });
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
                f(&Tx::postgres(&client)).await
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
        self.pool.close();
    }
}
