//! Clocks against hand-computed histories and against a minute-by-minute simulation.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod flow;
#[path = "../calendar/random.rs"]
mod random;
mod simulation;
mod states;

use std::sync::Arc;

use heard_kernel::{
    Timestamp,
    calendar::{Calendar, Calendars},
    clock_policy::{Assessment, Event, Fact, Limit, Policy, Terms, assess},
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instant of September 2026 in China: day, hour, minute.
fn sep(day: i64, hour: i64, minute: i64) -> Timestamp {
    at("2026-09-01T00:00:00+08:00").plus_seconds((day - 1) * 86_400 + hour * 3_600 + minute * 60)
}

fn named(name: &str) -> Arc<Calendar> {
    Calendars::builtin().get(name).unwrap().clone()
}

fn working(minutes: i64) -> Policy {
    Policy::new(Limit::WorkingMinutes { minutes })
}

fn standing(
    policy: &Policy,
    calendar: &Calendar,
    facts: &[(Timestamp, Fact<'_>)],
    now: Timestamp,
) -> Assessment {
    let events: Vec<_> = facts.iter().map(|(at, fact)| Event { at: *at, fact: *fact }).collect();
    assess(Terms { policy, calendar }, &events, now).unwrap()
}
