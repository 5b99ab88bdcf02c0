//! Running clocks follow their calendars.

use heard_kernel::{Actor, Result};
use heard_runtime::{Ctx, Job, JobHandler, JobKind, LocalFuture, Reactor, SendFuture, StoredEvent, Tx};
use serde::{Deserialize, Serialize};

use super::{edit::Edit, model::ClockId, rules, shelf::Shelf, store};

/// Clocks that are looked at in one read.
const CHUNK: usize = 500;
/// Clocks that are moved in one transaction.
const GROUP: usize = 50;

/// Calculates the deadlines of running clocks anew after calendars changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Recount {}

impl JobKind for Recount {
    const KIND: &'static str = "clock.recount";
}

/// Hears of calendars that changed.
pub(crate) struct Calendars;

/// What can move deadlines: a calendar, the default, the days off of a year.
const NEWS: [&str; 4] =
    ["calendar.updated", "calendar.default_changed", "arrangement.loaded", "arrangement.removed"];

impl Reactor for Calendars {
    fn name(&self) -> &'static str {
        "clocks.calendars"
    }

    fn wants(&self, kind: &str) -> bool {
        NEWS.contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, _event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move { tx.enqueue(&Recount {}).await })
    }
}

/// Does [`Recount`].
pub(crate) struct Recounter;

impl JobHandler for Recounter {
    fn kind(&self) -> &'static str {
        Recount::KIND
    }

    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            job.decode::<Recount>()?;
            recount(ctx).await
        })
    }
}

/// Looks at all open clocks in chunks beside everything else, and writes only those that move. It may begin anew after
/// a failure, for a clock that has moved stays where it is.
async fn recount(ctx: &Ctx) -> Result<()> {
    let mut after = None;
    loop {
        let now = ctx.now();
        let (last, moved) = ctx
            .read(async move |tx| {
                let shelf = Shelf::at(tx).await?;
                let clocks = store::open_after(tx, after, CHUNK).await?;
                let mut moved = Vec::new();
                for clock in &clocks {
                    if rules::has_moved(clock, &shelf, now)? {
                        moved.push(clock.id);
                    }
                }
                Ok((clocks.last().map(|clock| clock.id), moved))
            })
            .await?;
        for group in moved.chunks(GROUP) {
            move_all(ctx, group.to_vec()).await?;
        }
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

async fn move_all(ctx: &Ctx, clocks: Vec<ClockId>) -> Result<()> {
    ctx.tx(&Actor::system(), async move |tx| {
        let shelf = Shelf::at(tx).await?;
        for id in &clocks {
            if let Some(clock) = store::one_to_change(tx, *id).await?.filter(|clock| clock.open) {
                Edit::of(tx, clock, &shelf)?.save(tx, |_| Ok(())).await?;
            }
        }
        Ok(())
    })
    .await
}
