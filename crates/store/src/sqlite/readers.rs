//! Reading threads, each with a connection of its own.

use std::{
    path::Path,
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use heard_kernel::{Error, Result};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Sizing, guarded, open, poll_now};
use crate::{
    db::{closed, overloaded},
    error::from_sqlite,
    tx::Tx,
};

type Job = Box<dyn FnOnce(&Connection) + Send>;

pub(super) struct Readers {
    jobs: Mutex<Option<mpsc::SyncSender<Job>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Readers {
    pub(super) fn start(path: &Path, sizing: Sizing) -> Result<Self> {
        let (jobs, queue) = mpsc::sync_channel::<Job>(sizing.queue.max(1));
        let queue = Arc::new(Mutex::new(queue));
        let mut threads = Vec::new();
        for number in 0..sizing.readers.max(1) {
            let mut connection = open::read_only(path)?;
            let deadline = Deadline::on(&mut connection, sizing.read_limit)?;
            let queue = Arc::clone(&queue);
            let thread = std::thread::Builder::new()
                .name(format!("heard-read-{number}"))
                .spawn(move || serve(&connection, &queue, &deadline))
                .map_err(|e| Error::internal(format!("cannot start a reading thread: {e}")))?;
            threads.push(thread);
        }
        Ok(Self { jobs: Mutex::new(Some(jobs)), threads: Mutex::new(threads) })
    }

    pub(super) async fn run<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        let (done, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Nobody waits for it any more: the next one is served instead.
            if !done.is_closed() {
                let _ = done.send(read(connection, f));
            }
        });
        self.jobs
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .as_ref()
            .ok_or_else(closed)?
            .try_send(job)
            .map_err(|error| match error {
                mpsc::TrySendError::Full(_) => overloaded(),
                mpsc::TrySendError::Disconnected(_) => closed(),
            })?;
        answer.await.map_err(|_| closed())?
    }

    pub(super) async fn close(&self) {
        self.jobs.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        let _ = tokio::task::spawn_blocking(move || threads.into_iter().for_each(|t| drop(t.join()))).await;
    }
}

/// When the running read must have ended.
struct Deadline {
    limit: Duration,
    at: Arc<Mutex<Instant>>,
}

impl Deadline {
    /// Steps of SQLite's machine between two looks at the time: well below a millisecond.
    const STEPS: i32 = 20_000;

    fn on(connection: &mut Connection, limit: Duration) -> Result<Self> {
        let at = Arc::new(Mutex::new(Instant::now() + limit));
        let seen = Arc::clone(&at);
        let passed = move || Instant::now() > *seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        connection.progress_handler(Self::STEPS, Some(passed)).map_err(from_sqlite)?;
        Ok(Self { limit, at })
    }

    fn begin(&self) {
        *self.at.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Instant::now() + self.limit;
    }
}

fn serve(connection: &Connection, queue: &Mutex<mpsc::Receiver<Job>>, deadline: &Deadline) {
    loop {
        let job = queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).recv();
        match job {
            Ok(job) => {
                deadline.begin();
                job(connection);
            }
            Err(mpsc::RecvError) => return,
        }
    }
}

/// One moment's state for all statements of the closure.
pub(super) fn read<T>(
    connection: &Connection,
    f: impl for<'t> AsyncFnOnce(&'t Tx<'t>) -> Result<T>,
) -> Result<T> {
    let run = |sql: &str| connection.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
    run("BEGIN").map_err(from_sqlite)?;
    let result = guarded(|| {
        let tx = Tx::sqlite(connection);
        poll_now(f(&tx))
    });
    // Nothing was written, so rolling back is only letting go; failing at it would hide the result.
    let _ = run("ROLLBACK");
    result
}
