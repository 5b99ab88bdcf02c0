//! A clock that is being changed: what it was, what it becomes, and what follows when it is saved.

use heard_kernel::{Error, Result, Timestamp};
use heard_runtime::Tx;

use super::{
    deadlines::CHECK,
    events::{ClockBreached, ClockMoved, ClockOverdue, ClockStarted, ClockWarned},
    history::{Entry, Former, What, Who},
    model::{Clock, ClockId, ClockTerms},
    rules::{self, News},
    shelf::Shelf,
    store,
};

/// A clock that is being changed.
pub(crate) struct Edit<'s> {
    before: Clock,
    /// What it becomes.
    pub(crate) after: Clock,
    shelf: &'s Shelf,
    /// Whether its calendar moved the deadline since it was written.
    moved: bool,
    /// What was due by now before anything else happens to it.
    due: Vec<News>,
}

impl<'s> Edit<'s> {
    /// Takes a clock by its id, held until the end of the transaction.
    pub(crate) async fn hold(tx: &Tx<'_>, id: ClockId, shelf: &'s Shelf) -> Result<Self> {
        let clock = store::one_to_change(tx, id).await?.ok_or_else(not_found)?;
        Self::of(tx, clock, shelf)
    }

    /// Takes a clock that the transaction holds. When its calendar changed since it was written, this is noted first.
    pub(crate) fn of(tx: &Tx<'_>, clock: Clock, shelf: &'s Shelf) -> Result<Self> {
        let mut edit = Self { before: clock.clone(), after: clock, shelf, moved: false, due: Vec::new() };
        edit.note_move(tx.now())?;
        Ok(edit)
    }

    /// A deadline that differs from the stored one though nothing happened comes of another calendar. The new one holds
    /// from now on, or from the old deadline when that is over and nobody was told: then the new calendar decides.
    fn note_move(&mut self, now: Timestamp) -> Result<()> {
        let clock = &self.after;
        if !rules::has_moved(clock, self.shelf, now)? {
            return Ok(());
        }
        let due = rules::assess(clock, self.shelf, now)?.due;
        let present = rules::present(clock, now);
        let at = clock.due_at.map_or(present, |former| former.min(present)).max(clock.started_at);
        let former = self.former();
        let noted_at = (at < present).then_some(present);
        self.after.history.push(Entry { at, noted_at, by: None, what: What::Moved { former } });
        self.after.due_at = due;
        self.moved = true;
        Ok(())
    }

    /// Notes what is due by now under the present terms, so that a change of them loses nothing that nobody looked for
    /// while the process was down.
    pub(crate) fn catch_up(&mut self, tx: &Tx<'_>) -> Result<()> {
        self.due = rules::settle(&mut self.after, self.shelf, tx.now())?;
        Ok(())
    }

    /// The instant at which facts about it happen now.
    pub(crate) fn present(&self, tx: &Tx<'_>) -> Timestamp {
        rules::present(&self.after, tx.now())
    }

    /// Notes a fact.
    pub(crate) fn note(&mut self, tx: &Tx<'_>, at: Timestamp, what: What) {
        let present = self.present(tx);
        let noted_at = (at < present).then_some(present);
        self.after.history.push(Entry { at, noted_at, by: Who::of(tx.actor()), what });
    }

    /// What holds before a change of terms.
    pub(crate) fn former(&self) -> Former {
        let clock = &self.after;
        Former {
            key: clock.terms.key.clone(),
            policy: clock.terms.policy.clone(),
            calendar: clock.terms.calendar.clone(),
            due: clock.due_at,
        }
    }

    /// Puts it under other terms.
    pub(crate) fn set_terms(&mut self, terms: ClockTerms) {
        self.after.terms = terms;
    }

    /// Stores it with its deadline and tells what is new about it, after what `tell` tells of a change.
    pub(crate) async fn save(
        mut self,
        tx: &Tx<'_>,
        tell: impl FnOnce(&Clock) -> Result<()>,
    ) -> Result<Clock> {
        let news = rules::settle(&mut self.after, self.shelf, tx.now())?;
        if self.before == self.after {
            return Ok(self.after);
        }
        if self.before.terms != self.after.terms {
            store::save_terms(tx, &self.after).await?;
        }
        store::save(tx, &self.after).await?;
        self.after.version += 1;
        match self.after.check_at {
            Some(at) if self.before.check_at != Some(at) => {
                tx.set_deadline(CHECK, self.after.id, at, &())?;
            }
            None if self.before.check_at.is_some() => tx.clear_deadline(CHECK, self.after.id),
            _ => {}
        }
        if self.moved {
            let former_due_at = self.before.due_at;
            tx.emit(&ClockMoved { standing: (&self.after).into(), former_due_at })?;
        }
        tell_news(tx, &self.after, &self.due)?;
        tell(&self.after)?;
        tell_news(tx, &self.after, &news)?;
        Ok(self.after)
    }

    /// Forgets its deadline, which has come and is gone.
    pub(crate) fn has_fired(&mut self) {
        (self.before.check_at, self.after.check_at) = (None, None);
    }
}

/// Stores new clocks with their deadlines and tells of them.
pub(crate) async fn begin(tx: &Tx<'_>, mut clocks: Vec<Clock>, shelf: &Shelf) -> Result<()> {
    let settled = clocks.iter_mut().map(|clock| rules::settle(clock, shelf, tx.now()));
    let news = settled.collect::<Result<Vec<_>>>()?;
    store::insert(tx, &clocks).await?;
    for (clock, news) in clocks.iter().zip(news) {
        if let Some(at) = clock.check_at {
            tx.set_deadline(CHECK, clock.id, at, &())?;
        }
        tx.emit(&ClockStarted { standing: clock.into(), at: clock.started_at })?;
        tell_news(tx, clock, &news)?;
    }
    Ok(())
}

fn tell_news(tx: &Tx<'_>, clock: &Clock, news: &[News]) -> Result<()> {
    for piece in news {
        let standing = clock.into();
        match *piece {
            News::Warned { share, at } => tx.emit(&ClockWarned { standing, share, at })?,
            News::Breached { at } => tx.emit(&ClockBreached { standing, at })?,
            News::Overdue { minutes, at } => tx.emit(&ClockOverdue { standing, minutes, at })?,
        }
    }
    Ok(())
}

/// The clock is not there.
pub(crate) fn not_found() -> Error {
    Error::not_found("clock")
}
