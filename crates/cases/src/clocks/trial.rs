//! A clock as it would have run: the history of one, kept in memory, to try rules on past cases.

use std::borrow::Cow;

use heard_kernel::{
    Result, Timestamp,
    clock_policy::{self, Event, Fact, PauseReason, Policy, Terms},
};

use super::{model::ClockTerms, replay::ReplayedClock, shelf::Shelf};
use crate::plans::{ClockRule, Plan, Text};

/// By what a clock counts: its policy and the name of its calendar.
#[derive(Clone, PartialEq, Debug)]
struct Count<'p> {
    policy: Cow<'p, Policy>,
    calendar: Option<&'p str>,
}

impl<'p> Count<'p> {
    fn of(rule: &'p ClockRule, plan: &'p Plan) -> Self {
        let calendar = rule.calendar.as_deref().or(plan.calendar.as_deref());
        Self { policy: Cow::Borrowed(&rule.policy), calendar }
    }

    fn terms<'a>(&'a self, shelf: &'a Shelf) -> Result<Terms<'a>> {
        Ok(Terms { policy: &self.policy, calendar: &**shelf.calendar(self.calendar)? })
    }
}

/// What happens to a clock.
#[derive(Clone, PartialEq, Debug)]
enum Noted<'p> {
    Paused(PauseReason),
    Resumed,
    CustomerWrote,
    Fulfilled,
    Cancelled,
    Reopened,
    Counts(Count<'p>),
}

/// A clock as it would have run. It goes by the same rules as a stored one; what both come to is reckoned by the same
/// calculator.
#[derive(Clone, Debug)]
pub(crate) struct Trial<'p> {
    rule: &'p ClockRule,
    plan: &'p Plan,
    started_at: Timestamp,
    first: Count<'p>,
    noted: Vec<(Timestamp, Noted<'p>)>,
    open: bool,
    paused: bool,
    waits_for: Option<PauseReason>,
    waits_since: Option<Timestamp>,
    extended: usize,
}

impl<'p> Trial<'p> {
    /// It begins, as of an instant.
    pub(crate) fn start(rule: &'p ClockRule, plan: &'p Plan, from: Timestamp) -> Self {
        Self {
            rule,
            plan,
            started_at: from,
            first: Count::of(rule, plan),
            noted: Vec::new(),
            open: true,
            paused: false,
            waits_for: None,
            waits_since: None,
            extended: 0,
        }
    }

    /// The key of its rule.
    pub(crate) fn key(&self) -> &'p str {
        &self.rule.key
    }

    /// The name of its rule.
    pub(crate) fn name(&self) -> &'p Text {
        &self.rule.name
    }

    /// From when it runs.
    pub(crate) fn started_at(&self) -> Timestamp {
        self.started_at
    }

    /// Whether it is neither done nor called off.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Whether what it asks for was done.
    pub(crate) fn is_fulfilled(&self) -> bool {
        !self.open && matches!(self.noted.last(), Some((_, Noted::Fulfilled)))
    }

    /// Nothing is noted before what was noted already.
    fn present(&self, at: Timestamp) -> Timestamp {
        self.noted.iter().map(|(at, _)| *at).fold(at.max(self.started_at), Timestamp::max)
    }

    fn current(&self) -> &Count<'p> {
        let changed = self.noted.iter().rev().find_map(|(_, noted)| match noted {
            Noted::Counts(count) => Some(count),
            _ => None,
        });
        changed.unwrap_or(&self.first)
    }

    /// It is to stand still.
    pub(crate) fn pause(&mut self, at: Timestamp, reason: PauseReason) {
        if !self.open || self.waits_for == Some(reason) {
            return;
        }
        let at = self.present(at);
        self.paused |= self.current().policy.pause_on.contains(&reason);
        self.noted.push((at, Noted::Paused(reason)));
        (self.waits_for, self.waits_since) = (Some(reason), Some(at));
    }

    /// It goes on, if it stands still.
    pub(crate) fn resume(&mut self, at: Timestamp) {
        let at = self.present(at);
        self.go_on(at, Noted::Resumed);
    }

    /// The customer wrote; what they wrote before it stood still is no answer.
    pub(crate) fn customer_wrote(&mut self, at: Timestamp) {
        if self.waits_since.is_some_and(|since| since <= at) {
            self.go_on(at, Noted::CustomerWrote);
        }
    }

    fn go_on(&mut self, at: Timestamp, noted: Noted<'p>) {
        if self.open && self.paused {
            self.noted.push((at, noted));
            (self.paused, self.waits_for) = (false, None);
        }
    }

    /// What it asks for was done at an instant, which is noted at another.
    ///
    /// # Errors
    /// `validation_failed` when a deadline lies beyond what is calculated.
    pub(crate) fn fulfil(&mut self, at: Timestamp, noted_at: Timestamp, shelf: &Shelf) -> Result<()> {
        let present = self.present(noted_at);
        let mut earliest = self.started_at;
        if at < present {
            // What was told to be late by then stays so.
            earliest = self.assess(shelf, present)?.breached_at.unwrap_or(earliest);
        }
        self.noted.push((at.min(present).max(earliest), Noted::Fulfilled));
        self.open = false;
        Ok(())
    }

    /// What it asks for is to be done after all, or again: it goes on with its history.
    pub(crate) fn reopen(&mut self, at: Timestamp) {
        let at = self.present(at);
        self.noted.push((at, Noted::Reopened));
        self.open = true;
        (self.paused, self.waits_for) = (false, None);
    }

    /// It has no rule any more.
    pub(crate) fn cancel(&mut self, at: Timestamp) {
        if self.open {
            let at = self.present(at);
            self.noted.push((at, Noted::Cancelled));
            self.open = false;
        }
    }

    /// It goes by another rule from now on, counted from its start.
    pub(crate) fn change(&mut self, at: Timestamp, rule: &'p ClockRule, plan: &'p Plan) {
        if ClockTerms::of_rule(self.rule, self.plan) != ClockTerms::of_rule(rule, plan) {
            let at = self.present(at);
            self.noted.push((at, Noted::Counts(Count::of(rule, plan))));
        }
        (self.rule, self.plan) = (rule, plan);
    }

    /// It gets the next of the limits that its rule allows, if there is one.
    pub(crate) fn extend(&mut self, at: Timestamp) {
        let limits = self.rule.extension.as_ref().map(|extension| extension.limits.as_slice());
        let Some(limit) = limits.unwrap_or_default().get(self.extended).copied() else { return };
        let current = self.current();
        let policy = Cow::Owned(Policy { limit, ..current.policy.clone().into_owned() });
        let count = Count { policy, calendar: current.calendar };
        let at = self.present(at);
        self.noted.push((at, Noted::Counts(count)));
        self.extended += 1;
    }

    /// Whether the same happened to both, so that both come to the same.
    pub(crate) fn same(&self, other: &Trial<'_>) -> bool {
        let same_noted = || {
            self.noted.len() == other.noted.len()
                && self.noted.iter().zip(&other.noted).all(|(one, two)| one == two)
        };
        self.started_at == other.started_at && self.first == other.first && same_noted()
    }

    fn assess(&self, shelf: &Shelf, now: Timestamp) -> Result<clock_policy::Assessment> {
        let mut events = vec![Event { at: self.started_at, fact: Fact::Started }];
        for (at, noted) in &self.noted {
            let fact = match noted {
                Noted::Paused(reason) => Fact::Paused(*reason),
                Noted::Resumed => Fact::Resumed,
                Noted::CustomerWrote => Fact::CustomerMessage,
                Noted::Fulfilled => Fact::Fulfilled,
                Noted::Cancelled => Fact::Cancelled,
                Noted::Reopened => Fact::Reopened,
                Noted::Counts(count) => Fact::TermsChanged(count.terms(shelf)?),
            };
            events.push(Event { at: *at, fact });
        }
        Ok(clock_policy::assess(self.first.terms(shelf)?, &events, now)?)
    }

    /// What it comes to, as seen at an instant.
    ///
    /// # Errors
    /// `validation_failed` when the deadline lies beyond what is calculated.
    pub(crate) fn outcome(&self, shelf: &Shelf, until: Timestamp) -> Result<ReplayedClock> {
        let seen = self.assess(shelf, self.present(until))?;
        Ok(ReplayedClock {
            started_at: self.started_at,
            due_at: seen.due,
            state: seen.state,
            verdict: seen.verdict,
        })
    }
}
