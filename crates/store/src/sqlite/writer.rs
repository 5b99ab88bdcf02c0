//! The writer thread: takes what waits, runs each transaction, commits all, then answers. One that fails is undone without
//! the others.

use std::{sync::Mutex, thread::JoinHandle};

use heard_kernel::{Error, Result, codes};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Sizing, guarded, open::DirLock, poll_now};
use crate::{
    db::{closed, overloaded},
    error::from_sqlite,
    tx::Tx,
};

enum Job {
    /// A transaction that shares a commit with others.
    Grouped(Box<dyn Operation>),
    /// Work that needs the connection for itself, such as a migration.
    Exclusive(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// A waiting transaction. It can run again, so that one that shared a failed commit gets a second one of its own.
trait Operation: Send {
    /// Whether the caller still waits for it.
    fn wanted(&self) -> bool;
    /// Runs it inside an open savepoint. `false` means that it failed and must be undone.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells the caller how it ended.
    fn answer(self: Box<Self>, commit: Result<()>);
}

struct Waiting<T, F> {
    f: F,
    result: Option<Result<T>>,
    caller: oneshot::Sender<Result<T>>,
}

impl<T, F> Operation for Waiting<T, F>
where
    T: Send,
    F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send,
{
    fn wanted(&self) -> bool {
        !self.caller.is_closed()
    }

    fn run(&mut self, connection: &Connection) -> bool {
        let f = &self.f;
        let result = guarded(|| {
            let tx = Tx::sqlite(connection);
            let value = poll_now(f(&tx))?;
            tx.check_unspoiled()?;
            Ok(value)
        });
        let fine = result.is_ok();
        self.result = Some(result);
        fine
    }

    fn answer(self: Box<Self>, commit: Result<()>) {
        let result = match (self.result, commit) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(closed()),
        };
        // A caller that went away does not undo what was committed.
        let _ = self.caller.send(result);
    }
}

pub(super) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// The lock on the directory is let go when the thread has ended.
    pub(super) fn start(connection: Connection, lock: DirLock, sizing: Sizing) -> Result<Self> {
        let (jobs, queue) = mpsc::channel(sizing.queue.max(1));
        let thread = std::thread::Builder::new()
            .name("heard-write".to_owned())
            .spawn(move || {
                serve(connection, queue, sizing.group.max(1));
                drop(lock);
            })
            .map_err(|e| Error::internal(format!("cannot start the writing thread: {e}")))?;
        Ok(Self { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)) })
    }

    pub(super) async fn run<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        self.send(Job::Grouped(Box::new(Waiting { f, result: None, caller })))?;
        answer.await.map_err(|_| closed())?
    }

    pub(super) async fn exclusive<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (caller, answer) = oneshot::channel();
        self.send(Job::Exclusive(Box::new(move |connection| {
            let _ = caller.send(guarded(|| f(connection)));
        })))?;
        answer.await.map_err(|_| closed())?
    }

    fn send(&self, job: Job) -> Result<()> {
        let jobs = self.jobs.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        jobs.as_ref().ok_or_else(closed)?.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => overloaded(),
            mpsc::error::TrySendError::Closed(_) => closed(),
        })
    }

    pub(super) async fn close(&self) {
        self.jobs.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        let thread = self.thread.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        if let Some(thread) = thread {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn serve(mut connection: Connection, mut queue: mpsc::Receiver<Job>, group: usize) {
    let mut batch: Vec<Box<dyn Operation>> = Vec::with_capacity(group);
    while let Some(first) = queue.blocking_recv() {
        let mut next = Some(first);
        while let Some(job) = next.take() {
            match job {
                Job::Grouped(operation) => {
                    // What nobody waits for any more has not begun, so it need not.
                    if operation.wanted() {
                        batch.push(operation);
                    }
                    if batch.len() < group {
                        next = queue.try_recv().ok();
                    }
                }
                Job::Exclusive(work) => {
                    run_group(&connection, &mut batch);
                    work(&mut connection);
                }
            }
        }
        run_group(&connection, &mut batch);
    }
    // Fold the write-ahead log into the file; a failure costs only time at the next start.
    let _ = connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)");
}

/// A commit that failed.
struct Failed {
    error: Error,
    /// It failed before anything ran, so doing it one by one would fail as well.
    at_begin: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, at_begin: false }
    }
}

fn run_group(connection: &Connection, batch: &mut Vec<Box<dyn Operation>>) {
    match commit_group(connection, batch) {
        Ok(()) => batch.drain(..).for_each(|operation| operation.answer(Ok(()))),
        // One of many spoiled the commit (a full disk, say): each gets a commit of its own, so that only those fail
        // that must.
        Err(Failed { at_begin: false, .. }) if batch.len() > 1 => {
            for operation in batch.drain(..) {
                let mut alone = [operation];
                let commit = commit_group(connection, &mut alone);
                let [operation] = alone;
                operation.answer(commit.map_err(|failed| failed.error));
            }
        }
        Err(Failed { error, .. }) => batch
            .drain(..)
            .for_each(|operation| operation.answer(Err(Error::new(error.code()).because(&error)))),
    }
}

fn commit_group(connection: &Connection, batch: &mut [Box<dyn Operation>]) -> Result<(), Failed> {
    if batch.is_empty() {
        return Ok(());
    }
    let apart = match run_all(connection, batch, false)? {
        Ran::All => return Ok(()),
        Ran::OneMustBeUndone => batch.len() > 1,
    };
    if apart {
        run_all(connection, batch, true)?;
    }
    Ok(())
}

/// How running a group ended.
enum Ran {
    /// All are committed but those that failed.
    All,
    /// One failed after it had written, and nothing stands between it and the others: nothing of the group is stored.
    OneMustBeUndone,
}

/// Runs all in one transaction and commits it. Kept apart by savepoints, one that fails is undone by itself. The engine
/// then copies each page before each operation that changes it, a good part of the cost of small operations; as few fail,
/// and those that do mostly before they write anything, a group is first run without.
fn run_all(connection: &Connection, batch: &mut [Box<dyn Operation>], apart: bool) -> Result<Ran, Failed> {
    execute(connection, "BEGIN IMMEDIATE").map_err(|error| Failed { error, at_begin: true })?;
    let result = run_each(connection, batch, apart).and_then(|ran| {
        if matches!(ran, Ran::All) {
            execute(connection, "COMMIT")?;
        }
        Ok(ran)
    });
    if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    result.map_err(Failed::from)
}

fn run_each(connection: &Connection, batch: &mut [Box<dyn Operation>], apart: bool) -> Result<Ran> {
    for operation in batch {
        if apart {
            execute(connection, "SAVEPOINT operation")?;
        }
        let written = connection.total_changes();
        let fine = operation.run(connection);
        if connection.is_autocommit() {
            // The engine gave up the whole transaction (full disk, I/O error): nothing of the group is stored.
            return Err(
                Error::new(codes::STORAGE_UNAVAILABLE).because("the engine rolled the transaction back")
            );
        }
        if !fine && !apart && connection.total_changes() != written {
            return Ok(Ran::OneMustBeUndone);
        }
        if apart {
            if !fine {
                execute(connection, "ROLLBACK TO operation")?;
            }
            execute(connection, "RELEASE operation")?;
        }
    }
    Ok(Ran::All)
}

fn execute(connection: &Connection, sql: &str) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).map_err(from_sqlite)?;
    statement.raw_execute().map(drop).map_err(from_sqlite)
}
