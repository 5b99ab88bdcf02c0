//! Running clocks follow their calendars, which cannot be deleted under them.

use heard_kernel::{Actor, Locale, Result};
use heard_platform::calendars::{
    self, ArrangementLoaded, ArrangementRemoved, CalendarDefaultChanged, CalendarId, CalendarUpdated, Use,
    UseSource,
};
use heard_runtime::{
    Ctx, Event, Job, JobHandler, JobKind, LocalFuture, Reactor, SendFuture, StoredEvent, Tx,
};
use serde::{Deserialize, Serialize};

use super::{edit::Edit, model::ClockId, rules, shelf::Shelf, store};
use crate::plans::Text;

/// Clocks that are looked at in one read.
const CHUNK: usize = 500;
/// Clocks that are moved in one transaction.
const GROUP: usize = 50;

/// Calculates the deadlines of running clocks anew after calendars changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Recount {
    /// Those that count by this calendar, named or as the default; all when absent.
    pub(crate) calendar: Option<String>,
}

impl JobKind for Recount {
    const KIND: &'static str = "clock.recount";
}

/// Hears of calendars that changed.
pub(crate) struct Calendars;

/// What can move deadlines: a calendar, the default, the days off of a year.
const NEWS: [&str; 4] =
    [CalendarUpdated::KIND, CalendarDefaultChanged::KIND, ArrangementLoaded::KIND, ArrangementRemoved::KIND];

impl Reactor for Calendars {
    fn name(&self) -> &'static str {
        "clocks.calendars"
    }

    fn wants(&self, kind: &str) -> bool {
        NEWS.contains(&kind)
    }

    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let changed = event.id_of("calendar_id").filter(|_| event.kind == CalendarUpdated::KIND);
            let calendar = match changed {
                Some(id) => calendars::name_of(tx, CalendarId(id)).await?,
                None => None,
            };
            tx.enqueue(&Recount { calendar }).await
        })
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
            let wanted = job.decode::<Recount>()?;
            recount(ctx, wanted.calendar).await
        })
    }
}

/// Looks at all open clocks in chunks beside everything else, and writes only those that move. It may begin anew after
/// a failure, for a clock that has moved stays where it is.
async fn recount(ctx: &Ctx, calendar: Option<String>) -> Result<()> {
    let mut after = None;
    loop {
        let (calendar, now) = (calendar.clone(), ctx.now());
        let (last, moved) = ctx
            .read(async move |tx| {
                let shelf = Shelf::at(tx).await?;
                let clocks = store::open_after(tx, after, CHUNK).await?;
                let is_meant = |name: Option<&str>| match &calendar {
                    Some(wanted) => shelf.calendar(name).map(|counted| counted.name() == wanted),
                    None => Ok(true),
                };
                let mut moved = Vec::new();
                for clock in &clocks {
                    if is_meant(clock.terms.calendar.as_deref())? && rules::has_moved(clock, &shelf, now)? {
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

/// Tells which running clocks name a calendar.
pub(crate) struct Uses;

/// Clocks that are named as examples.
const EXAMPLES: usize = 3;

impl UseSource for Uses {
    fn uses<'a>(&'a self, tx: &'a heard_store::Tx<'a>, name: &'a str) -> LocalFuture<'a, Vec<Use>> {
        Box::pin(async move {
            let found = store::open_with_calendar(tx, name, EXAMPLES).await?;
            let used = |(id, name): (ClockId, Text)| {
                let name = name.in_locale(Locale::ZhCn).to_owned();
                Use { kind: "clock".to_owned(), id: Some(id.0), name }
            };
            Ok(found.into_iter().map(used).collect())
        })
    }
}
