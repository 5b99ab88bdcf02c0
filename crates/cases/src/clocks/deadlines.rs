//! Clocks that reach a warning, their deadline, or a step after it.

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
        Box::pin(async move {
            let shelf = Shelf::at(tx).await?;
            let Some(clock) = store::one_to_change(tx, ClockId(deadline.subject_id)).await? else {
                return Ok(());
            };
            let mut edit = Edit::of(tx, clock, &shelf)?;
            edit.has_fired();
            edit.save(tx, |_| Ok(())).await.map(drop)
        })
    }
}
