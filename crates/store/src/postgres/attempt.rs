//! One attempt at a transaction on one connection.

use deadpool_postgres::{Client, Object};
use heard_kernel::{Error, Result, codes};

use super::line::Line;
use crate::{codes::STORAGE_BUSY, db::closed, tx::Tx};

/// Prepared statements that a connection keeps. Lists with filters make new texts without end.
const STATEMENTS: usize = 512;

/// Why an attempt failed.
pub(super) struct Failure {
    pub(super) error: Error,
    /// Nothing was committed, and on another connection it may go well.
    pub(super) lost: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, lost: false }
    }
}

/// Takes the connection out of the pool unless it is known to be free of a transaction, so that nobody goes on in one
/// that was left half-way by a panic or an error.
struct Held(Option<Client>);

impl Held {
    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

/// Runs the closure between `begin` and `COMMIT`, or statement by statement without `begin`.
pub(super) async fn attempt<T, F>(client: Client, begin: Option<&'static str>, f: &F) -> Result<T, Failure>
where
    F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T>,
{
    let held = Held(Some(client));
    let client = held.0.as_ref().ok_or_else(closed)?;
    let line = Line::new(client, begin);
    let result = run(&line, begin.is_some(), f).await;
    if let Err(failure) = &result {
        if failure.error.is(codes::STORAGE_UNAVAILABLE) || client.is_closed() {
            return result;
        }
        if failure.error.is(STORAGE_BUSY) {
            client.statement_cache.clear();
        }
        if begin.is_some() && line.begun() && client.batch_execute("ROLLBACK").await.is_err() {
            return result;
        }
    }
    if client.statement_cache.size() > STATEMENTS {
        client.statement_cache.clear();
    }
    held.give_back();
    result
}

async fn run<T, F>(line: &Line<'_>, commit: bool, f: &F) -> Result<T, Failure>
where
    F: for<'t> AsyncFn(&'t Tx<'t>) -> Result<T>,
{
    let tx = Tx::postgres(line);
    let value = match f(&tx).await {
        Ok(value) => value,
        Err(error) => {
            let lost = error.is(codes::STORAGE_UNAVAILABLE);
            return Err(Failure { error, lost });
        }
    };
    if commit {
        // The server would answer COMMIT with a silent ROLLBACK.
        tx.check_unspoiled()?;
        line.begin().await.map_err(|error| Failure { lost: error.is(codes::STORAGE_UNAVAILABLE), error })?;
        // When the connection breaks here nobody knows whether it was committed, so it is not tried again.
        line.commit().await?;
    } else {
        line.flush().await?;
    }
    Ok(value)
}
