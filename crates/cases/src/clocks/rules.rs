//! Where a stored clock stands, and what is new about it: pure functions of its row, the calendars and an instant.

use std::borrow::Cow;

use heard_kernel::{
    Result, Timestamp,
    calendar::Calendar,
    clock_policy::{self, Assessment, Event, Fact, Limit, Policy, Terms},
};

use super::{
    history::{Entry, What},
    model::Clock,
    shelf::Shelf,
};

/// The share at which the clock is late: told as the breach, not as a warning.
const WHOLE: u16 = 100;

/// What became true of a clock and was not told yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum News {
    Warned { share: u16, at: Timestamp },
    Breached { at: Timestamp },
    Overdue { minutes: u32, at: Timestamp },
}

impl News {
    const fn at(self) -> Timestamp {
        match self {
            Self::Warned { at, .. } | Self::Breached { at } | Self::Overdue { at, .. } => at,
        }
    }

    const fn what(self) -> What {
        match self {
            Self::Warned { share, .. } => What::Warned { share },
            Self::Breached { .. } => What::Breached,
            Self::Overdue { minutes, .. } => What::Overdue { minutes },
        }
    }
}

/// The terms of a clock, each for its time.
///
/// What held before a change is held to the deadline that it had then. So what was in time by the calendar of its day
/// is never late by one that came afterwards.
struct Timeline<'a>(Vec<(Cow<'a, Policy>, &'a Calendar)>);

impl<'a> Timeline<'a> {
    fn of(clock: &'a Clock, shelf: &'a Shelf) -> Result<Self> {
        let mut terms = Vec::with_capacity(1);
        for former in clock.history.iter().filter_map(|entry| entry.what.former()) {
            let at = former.due.unwrap_or(Timestamp::from_millis(i64::MAX));
            let policy = Policy { limit: Limit::Instant { at }, ..former.policy.clone() };
            terms.push((Cow::Owned(policy), &**shelf.calendar(former.calendar.as_deref())?));
        }
        let calendar = shelf.calendar(clock.terms.calendar.as_deref())?;
        terms.push((Cow::Borrowed(&clock.terms.policy), calendar));
        Ok(Self(terms))
    }

    fn terms(&self, index: usize) -> Terms<'_> {
        let (policy, calendar) = &self.0[index];
        Terms { policy, calendar }
    }

    fn assess(&self, history: &[Entry], now: Timestamp) -> Result<Assessment> {
        let mut changes = 0;
        let mut events = Vec::with_capacity(history.len());
        for entry in history {
            let fact = match &entry.what {
                What::Started => Fact::Started,
                What::Paused { reason, .. } => Fact::Paused(*reason),
                What::Resumed => Fact::Resumed,
                What::CustomerWrote => Fact::CustomerMessage,
                What::Fulfilled => Fact::Fulfilled,
                What::Cancelled { .. } => Fact::Cancelled,
                What::Reopened { .. } => Fact::Reopened,
                What::Breached => Fact::Breached,
                What::Warned { .. } | What::Overdue { .. } => continue,
                What::Extended { .. } | What::Changed { .. } | What::Moved { .. } => {
                    changes += 1;
                    Fact::TermsChanged(self.terms(changes))
                }
            };
            events.push(Event { at: entry.at, fact });
        }
        Ok(clock_policy::assess(self.terms(0), &events, now)?)
    }
}

/// The instant that a clock is looked at: the present one, or that of its last fact when the machine's clock was set
/// back since, so that nothing that happened is taken for the future.
pub(crate) fn present(clock: &Clock, now: Timestamp) -> Timestamp {
    clock.history.iter().map(|entry| entry.at).fold(now, Timestamp::max)
}

/// Where a clock stands.
pub(crate) fn assess(clock: &Clock, shelf: &Shelf, now: Timestamp) -> Result<Assessment> {
    Timeline::of(clock, shelf)?.assess(&clock.history, present(clock, now))
}

/// The terms that a clock runs by now.
pub(crate) fn current_terms<'a>(clock: &'a Clock, shelf: &'a Shelf) -> Result<Terms<'a>> {
    let calendar = shelf.calendar(clock.terms.calendar.as_deref())?;
    Ok(Terms { policy: &clock.terms.policy, calendar })
}

/// Looks at a clock, notes in its history what is new, and brings its columns up to date.
pub(crate) fn settle(clock: &mut Clock, shelf: &Shelf, now: Timestamp) -> Result<Vec<News>> {
    let present = present(clock, now);
    let seen = assess(clock, shelf, present)?;
    let news = news(clock, &seen);
    for piece in &news {
        let noted_at = (piece.at() < present).then_some(present);
        clock.history.push(Entry { at: piece.at(), noted_at, by: None, what: piece.what() });
    }
    clock.state = seen.state;
    clock.verdict = seen.verdict;
    clock.open = seen.stopped_at.is_none();
    clock.paused = clock.open && seen.pauses.last().is_some_and(|pause| pause.to.is_none());
    clock.due_at = seen.due;
    clock.breached_at = seen.breached_at;
    clock.stopped_at = seen.stopped_at;
    clock.check_at = next_check(clock, &seen);
    Ok(news)
}

/// What is true by now and was not told, in the order in which it came about. A clock that was stopped only tells that
/// it was late.
fn news(clock: &Clock, seen: &Assessment) -> Vec<News> {
    let open = seen.stopped_at.is_none();
    let mut news = Vec::new();
    if open {
        for mark in seen.marks.iter().filter(|mark| mark.reached && mark.share != WHOLE) {
            if let Some(at) = mark.at.filter(|_| !is_told(clock, &What::Warned { share: mark.share })) {
                news.push(News::Warned { share: mark.share, at });
            }
        }
    }
    if let Some(at) = seen.breached_at {
        if clock.breached_at.is_none() {
            news.push(News::Breached { at });
        }
        let steps = steps(clock, at).filter(|(_, at)| open && *at <= seen.now);
        news.extend(steps.map(|(minutes, at)| News::Overdue { minutes, at }));
    }
    news.sort_by_key(|piece| piece.at());
    news
}

/// The steps after the breach that are not told yet, with their instants.
fn steps(clock: &Clock, breached_at: Timestamp) -> impl Iterator<Item = (u32, Timestamp)> + '_ {
    let untold =
        clock.terms.overdue.iter().filter(|minutes| !is_told(clock, &What::Overdue { minutes: **minutes }));
    untold.map(move |minutes| (*minutes, breached_at.plus_seconds(i64::from(*minutes) * 60)))
}

fn is_told(clock: &Clock, what: &What) -> bool {
    clock.history.iter().any(|entry| entry.what == *what)
}

/// When a clock must be looked at again if nothing happens to it before.
fn next_check(clock: &Clock, seen: &Assessment) -> Option<Timestamp> {
    if seen.stopped_at.is_some() {
        return None;
    }
    let marks = seen.marks.iter().filter(|mark| !mark.reached && mark.share != WHOLE);
    let coming = marks.filter_map(|mark| mark.at);
    match seen.breached_at {
        // Finishing exactly at the deadline is in time, so a clock is late one millisecond after it.
        None => coming.chain(seen.due.map(|due| due.max(seen.now).plus_millis(1))).min(),
        Some(at) => coming.chain(steps(clock, at).map(|(_, at)| at)).min(),
    }
}

/// Whether the deadline of a clock differs from the stored one because its calendar changed. A late clock stays where it
/// is: its breach is told.
pub(crate) fn has_moved(clock: &Clock, shelf: &Shelf, now: Timestamp) -> Result<bool> {
    Ok(clock.open && clock.breached_at.is_none() && assess(clock, shelf, now)?.due != clock.due_at)
}
