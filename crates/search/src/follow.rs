//! Keeps the index behind the log by a fraction of a second.

use std::{sync::Arc, time::Duration};

use heard_kernel::Result;
use heard_runtime::{Ctx, SendFuture, StoredEvent};
use tokio::{sync::watch, time::Instant};

use crate::{Change, Index};

/// Knows which documents change with an event. It reads present state, so an event that is seen again does no harm.
pub trait Source: Send + Sync + 'static {
    /// The changes that events bring.
    fn changes<'a>(&'a self, ctx: &'a Ctx, events: &'a [Arc<StoredEvent>]) -> SendFuture<'a, Vec<Change>>;
}

/// Several sources as one: each knows its own documents.
#[derive(Default)]
pub struct Sources(pub Vec<Box<dyn Source>>);

impl Source for Sources {
    fn changes<'a>(&'a self, ctx: &'a Ctx, events: &'a [Arc<StoredEvent>]) -> SendFuture<'a, Vec<Change>> {
        Box::pin(async move {
            let mut changes = Vec::new();
            for source in &self.0 {
                changes.extend(source.changes(ctx, events).await?);
            }
            Ok(changes)
        })
    }
}

/// Events that are taken at once.
const GROUP: usize = 500;
/// New documents can be found after at most so long.
const LAG: Duration = Duration::from_millis(300);
/// The same while there is more than can be taken at once.
const CATCHING_UP: Duration = Duration::from_secs(3);
/// After so many events the position is stored even when nothing changed.
const STRIDE: i64 = 20_000;

/// Follows the log until `stop`. An index that is new starts at the beginning of the log.
pub async fn follow(ctx: Ctx, index: Index, source: impl Source, mut stop: watch::Receiver<bool>) {
    let mut changed = ctx.log_watch();
    let mut state = Progress { position: index.position(), dirty_since: None };
    while !*stop.borrow() {
        changed.mark_unchanged();
        match step(&ctx, &index, &source, &mut state).await {
            Ok(true) => {}
            Ok(false) => {
                let wait = state
                    .dirty_since
                    .map_or(Duration::from_secs(2), |since| LAG.saturating_sub(since.elapsed()));
                tokio::select! {
                    _ = changed.changed() => {}
                    () = tokio::time::sleep(wait) => {}
                    () = stopped(&mut stop) => {}
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the search index lags behind; trying again");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
    if state.dirty_since.is_some()
        && let Err(error) = commit(&index, state.position).await
    {
        tracing::warn!(%error, "the last changes of the search index are made again at the next start");
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

struct Progress {
    position: i64,
    dirty_since: Option<Instant>,
}

/// Takes the next events; commits when it is time. Tells whether there may be more at once.
async fn step(ctx: &Ctx, index: &Index, source: &impl Source, state: &mut Progress) -> Result<bool> {
    let events = ctx.next_events(state.position, GROUP).await?;
    if let Some(last) = events.last().map(|event| event.seq) {
        let changes = source.changes(ctx, &events).await?;
        if !changes.is_empty() {
            state.dirty_since.get_or_insert_with(Instant::now);
            let target = index.clone();
            blocking(move || target.apply(changes)).await?;
        }
        state.position = last;
    }
    // Who is far behind gets on faster with fewer commits.
    let patience = if events.len() == GROUP { CATCHING_UP } else { LAG };
    let due = state.dirty_since.is_some_and(|since| since.elapsed() >= patience);
    if due || state.position - index.position() >= STRIDE {
        commit(index, state.position).await?;
        state.dirty_since = None;
    }
    Ok(!events.is_empty())
}

async fn commit(index: &Index, position: i64) -> Result<()> {
    let target = index.clone();
    blocking(move || target.commit(position)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(heard_kernel::Error::internal)?
}
