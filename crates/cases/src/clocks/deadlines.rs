//! Clocks that reach a warning, their deadline, or a step after it.

use futures_util::future::try_join_all;
use heard_kernel::Result;
use heard_runtime::{Deadline, DeadlineHandler, LocalFuture, Tx};

use super::{edit::Edit, model::ClockId, shelf::Shelf, store};

/// A clock is to be looked at.
pub(crate) const CHECK: &str = "clock.check";

/// Looks at clocks when something is due about them. What was missed while the process was down is noted with the
/// instants at which it came about.
pub(crate) struct Check;

impl DeadlineHandler for Check {
    fn kind(&self) -> &'static str {
        CHECK
    }

    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move { look_at(tx, &Shelf::at(tx).await?, deadline).await })
    }

    fn fire_all<'a>(&'a self, tx: &'a Tx<'a>, deadlines: &'a [&'a Deadline]) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let shelf = Shelf::at(tx).await?;
            // They have nothing to do with each other, so their statements may travel together.
            try_join_all(deadlines.iter().map(|deadline| look_at(tx, &shelf, deadline))).await.map(drop)
        })
    }
}

async fn look_at(tx: &Tx<'_>, shelf: &Shelf, deadline: &Deadline) -> Result<()> {
    let Some(clock) = store::one_to_change(tx, ClockId(deadline.subject_id)).await? else { return Ok(()) };
    let mut edit = Edit::of(tx, clock, shelf)?;
    edit.has_fired();
    edit.save(tx, |_| Ok(())).await.map(drop)
}
