//! Reactors: followers of the log with a durable cursor. Effect and cursor move in one transaction.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use heard_kernel::{Actor, Error, Result};
use heard_store::{FromRow, Row, Tx as StoreTx, codes::is_passing, params};

use crate::{Ctx, LocalFuture, StoredEvent, Tx, job, log};

/// A follower of the log.
pub trait Reactor: Send + Sync + 'static {
    /// The name of its cursor, never changed once released.
    fn name(&self) -> &'static str;
    /// Whether it acts on events of a kind.
    fn wants(&self, kind: &str) -> bool;
    /// Whether it acts on this very event of a kind that it wants, as far as the event alone can tell. Nothing is
    /// written for the others.
    fn concerns(&self, _event: &StoredEvent) -> bool {
        true
    }
    /// Acts on an event. It never talks to the outside: for that it enqueues a job.
    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()>;
    /// Acts on several events in their order, in one transaction. For a reactor that has less to do when it sees them
    /// together.
    fn react_all<'a>(&'a self, tx: &'a Tx<'a>, events: &'a [&'a StoredEvent]) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            for event in events {
                self.react(tx, event).await?;
            }
            Ok(())
        })
    }
}

/// How far a reactor is.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ReactorState {
    /// Its name.
    pub name: String,
    /// The last event that its cursor covers.
    pub position: i64,
    /// Events after it, by sequence numbers. Up to a thousand may have been passed over already.
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
/// Numbers that a cursor may stay behind what its reactor passed over without acting.
const STRIDE: i64 = 1_000;
/// How long a cursor may stay behind.
const LAG: Duration = Duration::from_secs(10);

/// A reactor on its way through the log. Most events concern most reactors not: those are passed over in memory, and
/// the cursor follows later. A crash in between costs only reading them again.
pub(crate) struct Follower {
    reactor: Arc<dyn Reactor>,
    failures: u32,
    place: Option<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    /// What the cursor says.
    stored: i64,
    /// The last event that was acted on or passed over.
    seen: i64,
    /// Since when the cursor is behind.
    behind_since: Option<Instant>,
}

impl Place {
    fn at(position: i64) -> Self {
        Self { stored: position, seen: position, behind_since: None }
    }
}

impl Follower {
    pub(crate) fn new(reactor: Arc<dyn Reactor>) -> Self {
        Self { reactor, failures: 0, place: None }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.reactor.name()
    }

    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }

    /// Forgets where it is, so that it asks the cursor: others may have moved it.
    pub(crate) fn forget(&mut self) {
        self.place = None;
    }

    /// Acts on the next events and tells how many there were.
    pub(crate) async fn step(&mut self, ctx: &Ctx) -> Result<usize> {
        // Taken, so that after any failure the cursor is asked again.
        let place = match self.place.take() {
            Some(place) => place,
            None => {
                let name = self.name();
                Place::at(ctx.read(async move |tx| position(tx, name).await).await?)
            }
        };
        let events = ctx.next_events(place.seen, GROUP).await?;
        let count = events.len();
        let place = match events.last().map(|event| event.seq) {
            None => self.catch_up(ctx, place).await?,
            Some(last) if !events.iter().any(|event| acts(&*self.reactor, event)) => {
                let behind_since = place.behind_since.or_else(|| Some(Instant::now()));
                self.catch_up(ctx, Place { seen: last, behind_since, ..place }).await?
            }
            Some(last) => match react(ctx, &self.reactor, place.stored, last, events.clone()).await {
                Ok(()) => {
                    self.failures = 0;
                    Place::at(last)
                }
                Err(error) if is_passing(&error) => return Err(error),
                Err(_) => {
                    return one_by_one(ctx, &self.reactor, place.stored, events, &mut self.failures).await;
                }
            },
        };
        self.place = Some(place);
        Ok(count)
    }

    /// Stores the cursor when it has been behind for long, or far.
    async fn catch_up(&self, ctx: &Ctx, place: Place) -> Result<Place> {
        let long = place.behind_since.is_some_and(|since| since.elapsed() >= LAG);
        if long || place.seen - place.stored >= STRIDE { self.store(ctx, place).await } else { Ok(place) }
    }

    /// Stores the cursor as far as it has come.
    pub(crate) async fn rest(&mut self, ctx: &Ctx) -> Result<()> {
        let Some(place) = self.place.take_if(|place| place.seen > place.stored) else { return Ok(()) };
        self.place = Some(self.store(ctx, place).await?);
        Ok(())
    }

    async fn store(&self, ctx: &Ctx, place: Place) -> Result<Place> {
        react(ctx, &self.reactor, place.stored, place.seen, Vec::new()).await?;
        Ok(Place::at(place.seen))
    }
}

fn acts(reactor: &dyn Reactor, event: &StoredEvent) -> bool {
    reactor.wants(&event.kind) && reactor.concerns(event)
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
        let wanted: Vec<&StoredEvent> =
            events.iter().map(|event| &**event).filter(|event| acts(&*reactor, event)).collect();
        reactor.react_all(tx, &wanted).await
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
        tx.later(sql, &params![name, tx.now()]).await
    })
    .await
}

async fn note_failure(ctx: &Ctx, name: &'static str, error: &Error) -> Result<()> {
    let text = error.to_string();
    ctx.tx(&Actor::system(), async move |tx| {
        tx.later("UPDATE cursors SET failing = $1 WHERE name = $2", &params![&text, name]).await
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
