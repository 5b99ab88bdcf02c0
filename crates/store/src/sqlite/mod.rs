//! The embedded engine: one writer thread that commits many transactions together, a few readers.

mod open;
mod readers;
mod writer;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use heard_kernel::{Error, Result};

use self::{open::DirLock, readers::Readers, writer::Writer};
use crate::{error::from_sqlite, migrate::failed, tx::Tx};

/// Threads and queue lengths of the embedded engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sizing {
    /// Reading threads.
    pub readers: usize,
    /// Transactions that may wait for the writer, and reads for a reader, before callers are turned away.
    pub queue: usize,
    /// Transactions that are committed together at most.
    pub group: usize,
    /// How long one read may take before it is cut off, so that it does not keep a thread from the others.
    pub read_limit: Duration,
}

impl Default for Sizing {
    fn default() -> Self {
        Self { readers: 3, queue: 4_096, group: 256, read_limit: Duration::from_secs(30) }
    }
}

pub(crate) struct Sqlite {
    path: PathBuf,
    writer: Option<Writer>,
    readers: Readers,
}

impl Sqlite {
    pub(crate) fn open(dir: &Path, sizing: Sizing) -> Result<Self> {
        let lock = DirLock::take(dir)?;
        let path = dir.join(open::FILE_NAME);
        let writer = Writer::start(open::writable(&path)?, lock, sizing)?;
        let readers = Readers::start(&path, sizing)?;
        Ok(Self { path, writer: Some(writer), readers })
    }

    pub(crate) fn open_read_only(dir: &Path) -> Result<Self> {
        open::expect_database(dir)?;
        let path = dir.join(open::FILE_NAME);
        let readers = Readers::start(&path, Sizing { readers: 1, ..Sizing::default() })?;
        Ok(Self { path, writer: None, readers })
    }

    fn writer(&self) -> Result<&Writer> {
        self.writer.as_ref().ok_or_else(|| Error::new(heard_kernel::codes::STORAGE_READ_ONLY))
    }

    pub(crate) async fn migrate(&self, runner: refinery::Runner) -> Result<usize> {
        self.writer()?
            .exclusive(move |connection| {
                let report = runner.run(connection).map_err(failed)?;
                connection.execute_batch("PRAGMA optimize").map_err(from_sqlite)?;
                Ok(report.applied_migrations().len())
            })
            .await
    }

    pub(crate) async fn write<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        self.writer()?.run(f).await
    }

    pub(crate) async fn read<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        self.readers.run(f).await
    }

    /// Runs the closure on a connection and a thread of its own, where it may take its time.
    pub(crate) async fn snapshot<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFnOnce(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        let path = self.path.clone();
        let work = move || readers::read(&open::read_only(&path)?, f);
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| Error::internal(format!("a snapshot panicked: {e}")))?
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
    }
}

/// Runs a transaction's closure to its end on this thread. Everything it awaits is ready at once; a future that is
/// not would stop the writer for everybody, so it is reported as the defect it is.
fn poll_now<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(result) => result,
        std::task::Poll::Pending => Err(Error::internal("a transaction awaited something other than itself")),
    }
}

/// Runs the closure and turns a panic into an error, so that one defect does not stop the thread for everybody.
fn guarded<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run))
        .unwrap_or_else(|_| Err(Error::internal("a transaction panicked")))
}
