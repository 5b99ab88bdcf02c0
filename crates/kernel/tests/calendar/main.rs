//! The working-time calendar against hand-computed values, brute force over minutes and public day tables.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod arrangement;
mod brute;
mod conventions;
mod definition;
mod eval;
mod ics;
mod random;

use heard_kernel::{
    Timestamp,
    calendar::{Arrangements, Calendar, Calendars, Definition},
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn named(name: &str) -> std::sync::Arc<Calendar> {
    Calendars::builtin().get(name).unwrap().clone()
}

fn compile(json: &str) -> Calendar {
    Definition::from_json(json).unwrap().compile(&Arrangements::builtin()).unwrap()
}

fn local(calendar: &Calendar, at: Timestamp) -> String {
    let zoned = calendar.local(at);
    zoned.strftime("%Y-%m-%d %H:%M").to_string()
}
