//! Reactors: followers of the log with a durable cursor. Effect and cursor move in one transaction.

use std::sync::Arc;

use heard_kernel::{Actor, Error, Result};
use heard_store::{FromRow, Row, Tx as StoreTx, codes::is_passing, params};

use crate::{Ctx, LocalFuture, StoredEvent, Tx, job, log};

/// A follower of the log.
pub trait Reactor: Send + Sync + 'static {
    /// The name of its cursor, never changed once released.
    fn name(&self) -> &'static str;
    /// Whether it acts on events of a kind.
    fn wants(&self, kind: &str) -> bool;
    /// Acts on an event. It never talks to the outside: for that it enqueues a job.
    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()>;
}

/// How far a reactor is.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ReactorState {
    /// Its name.
    pub name: String,
    /// The last event that it acted on.
    pub position: i64,
    /// Events that it has not seen yet, by sequence numbers.
    pub behind: i64,
    /// Why its last attempt failed.
    pub failing: Option<String>,
}

impl FromRow for ReactorState {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { name: row.get(0)?, position: row.get(1)?, behind: row.get(2)?, failing: row.get(3)? })
    }
}

/// How far all reactors are.
///
/// # Errors
/// The storage codes.
pub async fn reactor_states(ctx: &Ctx) -> Result<Vec<ReactorState>> {
    ctx.read(async |tx| {
        let end = log::end(tx).await?;
        let sql = "SELECT name, position, CAST($1 AS BIGINT) - position, failing FROM cursors ORDER BY name";
        tx.query(sql, &params![end]).await
    })
    .await
}

/// Events that are acted on in one transaction.
const GROUP: usize = 100;
/// How often an event is tried before it is set aside.
const ATTEMPTS: u32 = 5;

/// Acts on the next events and tells how many there were.
pub(crate) async fn step(ctx: &Ctx, reactor: &Arc<dyn Reactor>, failures: &mut u32) -> Result<usize> {
    let name = reactor.name();
    let position = ctx.read(async move |tx| position(tx, name).await).await?;
    let events = ctx.next_events(position, GROUP).await?;
    let Some(last) = events.last().map(|event| event.seq) else { return Ok(0) };
    let count = events.len();
    match react(ctx, reactor, position, last, events.clone()).await {
        Ok(()) => {
            *failures = 0;
            Ok(count)
        }
        Err(error) if is_passing(&error) => Err(error),
        Err(_) => one_by_one(ctx, reactor, position, events, failures).await,
    }
}

/// Goes as far as it can. The event that fails is tried again later and at last set aside as a dead job.
async fn one_by_one(
    ctx: &Ctx,
    reactor: &Arc<dyn Reactor>,
    mut position: i64,
    events: Vec<Arc<StoredEvent>>,
    failures: &mut u32,
) -> Result<usize> {
    for (done, event) in events.into_iter().enumerate() {
        let seq = event.seq;
        if let Err(error) = react(ctx, reactor, position, seq, vec![event]).await {
            // No fault of the event, which must not be set aside for it.
            if is_passing(&error) {
                return Err(error);
            }
            *failures += 1;
            tracing::error!(reactor = reactor.name(), seq, %error, attempt = *failures, "a reactor failed");
            if *failures < ATTEMPTS {
                note_failure(ctx, reactor.name(), &error).await?;
                return if done > 0 { Ok(done) } else { Err(error) };
            }
            set_aside(ctx, reactor.name(), position, seq, &error).await?;
        }
        *failures = 0;
        position = seq;
    }
    Ok(GROUP)
}

async fn react(
    ctx: &Ctx,
    reactor: &Arc<dyn Reactor>,
    from: i64,
    to: i64,
    events: Vec<Arc<StoredEvent>>,
) -> Result<()> {
    let reactor = Arc::clone(reactor);
    ctx.tx(&Actor::system(), async move |tx| {
        advance(tx, reactor.name(), from, to).await?;
        for event in events.iter().filter(|event| reactor.wants(&event.kind)) {
            reactor.react(tx, event).await?;
        }
        Ok(())
    })
    .await
}

async fn position(tx: &StoreTx<'_>, name: &str) -> Result<i64> {
    Ok(tx.scalar::<i64>("SELECT position FROM cursors WHERE name = $1", &params![name]).await?.unwrap_or(0))
}

/// Moves the cursor, unless somebody else moved it meanwhile: then their effects stand and ours must not.
async fn advance(tx: &Tx<'_>, name: &str, from: i64, to: i64) -> Result<()> {
    let sql =
        "UPDATE cursors SET position = $1, failing = NULL, updated_at = $2 WHERE name = $3 AND position = $4";
    let moved = tx.execute(sql, &params![to, tx.now(), name, from]).await?;
    if moved == 0 {
        return Err(Error::internal(format!("the cursor of {name} was moved by another process")));
    }
    Ok(())
}

/// Makes sure that a reactor has a cursor. A new one starts at the beginning of the log.
pub(crate) async fn ensure_cursor(ctx: &Ctx, name: &'static str) -> Result<()> {
    ctx.tx(&Actor::system(), async move |tx| {
        let sql = "INSERT INTO cursors (name, position, updated_at) VALUES ($1, 0, $2) ON CONFLICT (name) DO NOTHING";
        tx.execute(sql, &params![name, tx.now()]).await.map(drop)
    })
    .await
}

async fn note_failure(ctx: &Ctx, name: &'static str, error: &Error) -> Result<()> {
    let text = error.to_string();
    ctx.tx(&Actor::system(), async move |tx| {
        tx.execute("UPDATE cursors SET failing = $1 WHERE name = $2", &params![&text, name]).await.map(drop)
    })
    .await
}

async fn set_aside(ctx: &Ctx, name: &'static str, from: i64, seq: i64, error: &Error) -> Result<()> {
    let text = error.to_string();
    ctx.tx(&Actor::system(), async move |tx| {
        advance(tx, name, from, seq).await?;
        job::enqueue_dead(tx, &job::FailedReaction { reactor: name.to_owned(), seq }, &text).await
    })
    .await
}
