//! What happened to a clock, and what of it counts.

use serde::Serialize;

use crate::{
    Timestamp,
    calendar::{Calendar, Pause},
};

use super::policy::{PauseReason, Policy};

/// What a clock runs by.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Its rules.
    pub policy: &'a Policy,
    /// The calendar that working time is counted in.
    pub calendar: &'a Calendar,
}

/// Something that happened to a clock.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'a> {
    /// It began to run.
    Started,
    /// It was to stand still. A second reason replaces the first.
    Paused(PauseReason),
    /// It went on.
    Resumed,
    /// The customer wrote: every wait ends.
    CustomerMessage,
    /// What it asks for was done.
    Fulfilled,
    /// It became pointless.
    Cancelled,
    /// What it asks for is to be done after all, or again: it goes on with its history.
    Reopened,
    /// Other terms apply from now on, counted from the start of the clock.
    TermsChanged(Terms<'a>),
    /// It was told to be late: stays so, whatever the calculation says later.
    Breached,
}

/// A fact and its instant.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// When.
    pub at: Timestamp,
    /// What.
    pub fact: Fact<'a>,
}

/// A stretch in which the clock stood still.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct ClockPause {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it; absent while it lasts.
    pub to: Option<Timestamp>,
    /// Why.
    pub reason: PauseReason,
}

/// A wait for which the policy does not stop the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct IgnoredPause {
    /// When it was asked for.
    pub at: Timestamp,
    /// Why.
    pub reason: PauseReason,
}

/// A stretch in which the clock counted as done, until it was reopened. It stands still meanwhile, unless its policy stops
/// for nothing; then it runs on and can be late from the reopening on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct ClockRest {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

/// How a clock was stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    Fulfilled(Timestamp),
    Cancelled(Timestamp),
}

impl Stop {
    pub(super) fn at(self) -> Timestamp {
        match self {
            Self::Fulfilled(at) | Self::Cancelled(at) => at,
        }
    }
}

/// A history in order, up to the present instant.
#[derive(Debug)]
pub(super) struct Course<'a> {
    pub(super) started: Option<Timestamp>,
    pub(super) stop: Option<Stop>,
    /// Terms and from when they apply; never empty.
    pub(super) terms: Vec<(Timestamp, Terms<'a>)>,
    pub(super) pauses: Vec<ClockPause>,
    pub(super) ignored: Vec<IgnoredPause>,
    pub(super) rests: Vec<ClockRest>,
    pub(super) recorded_breach: Option<Timestamp>,
}

impl<'a> Course<'a> {
    /// Orders the events by their instants and follows them; what lies after `now` has not happened yet, what comes
    /// before the start or after the stop changes nothing, but that it is reopened.
    pub(super) fn follow(terms: Terms<'a>, events: &[Event<'a>], now: Timestamp) -> Self {
        let mut events: Vec<_> = events.iter().filter(|event| event.at <= now).collect();
        events.sort_by_key(|event| event.at);
        let mut course = Self {
            started: None,
            stop: None,
            terms: vec![(Timestamp::from_millis(i64::MIN), terms)],
            pauses: Vec::new(),
            ignored: Vec::new(),
            rests: Vec::new(),
            recorded_breach: None,
        };
        for event in events {
            if course.stop.is_none() || matches!(event.fact, Fact::Reopened) {
                course.take(event.at, event.fact);
            }
        }
        course
    }

    fn take(&mut self, at: Timestamp, fact: Fact<'a>) {
        match fact {
            Fact::TermsChanged(terms) if self.started.is_none() => self.terms = vec![(at, terms)],
            Fact::Started if self.started.is_none() => self.started = Some(at),
            _ if self.started.is_none() => {}
            Fact::TermsChanged(terms) => self.terms.push((at, terms)),
            Fact::Started => {}
            Fact::Paused(reason) => self.pause(at, reason),
            Fact::Resumed | Fact::CustomerMessage => self.resume(at),
            Fact::Fulfilled => self.finish(Stop::Fulfilled(at)),
            Fact::Cancelled => self.finish(Stop::Cancelled(at)),
            Fact::Reopened => self.reopen(at),
            Fact::Breached => self.recorded_breach = self.recorded_breach.or(Some(at)),
        }
    }

    fn pause(&mut self, at: Timestamp, reason: PauseReason) {
        if !self.current().policy.pause_on.contains(&reason) {
            self.ignored.push(IgnoredPause { at, reason });
            return;
        }
        if self.pauses.last().is_some_and(|last| last.to.is_none() && last.reason == reason) {
            return;
        }
        self.resume(at);
        self.pauses.push(ClockPause { from: at, to: None, reason });
    }

    fn resume(&mut self, at: Timestamp) {
        if let Some(last) = self.pauses.last_mut().filter(|last| last.to.is_none()) {
            last.to = Some(at);
        }
    }

    fn finish(&mut self, stop: Stop) {
        self.resume(stop.at());
        self.stop = Some(stop);
    }

    fn reopen(&mut self, at: Timestamp) {
        if let Some(stop) = self.stop.take() {
            self.rests.push(ClockRest { from: stop.at(), to: at });
        }
    }

    /// The stretches in which it stood still.
    pub(super) fn still(&self) -> Vec<Pause> {
        let pauses = self.pauses.iter().map(|pause| Pause { from: pause.from, to: pause.to });
        let counts = self.current().policy.pause_on.is_empty();
        let rests = self.rests.iter().filter(|_| !counts);
        pauses.chain(rests.map(|rest| Pause { from: rest.from, to: Some(rest.to) })).collect()
    }

    /// The terms that apply at the end.
    pub(super) fn current(&self) -> Terms<'a> {
        self.terms[self.terms.len() - 1].1
    }
}
