//! Clocks (时限): deadlines on a stage, a turn or a promise, as pure functions.
//!
//! [`assess`] takes the terms of a clock (a [`Policy`] and a calendar), what happened to it, and the present instant,
//! and tells where it stands: due instant, state, verdict, what remains in calendar and in working time, which
//! warnings are reached, and when to look again. The same history and instant always give the same answer, so a
//! process that was down for hours, or a clock that jumped, changes nothing.
//!
//! Rules: a message of the customer ends every wait; a breach is a fact at its instant, which neither late fulfilment
//! nor later terms undo; finishing exactly at the deadline is in time; new terms count from the start of the clock
//! and cannot make it late before they came. A clock that is reopened goes on with its history: pauses and breaches stay,
//! and the time in which it counted as done is left out unless the policy stops for nothing.

mod assess;
mod history;
mod policy;
mod strict;
mod words;

pub use assess::{Assessment, Mark, State, Verdict, assess};
pub use history::{ClockPause, ClockRest, Event, Fact, IgnoredPause, Terms};
pub use policy::{Limit, PauseReason, Policy};
pub use strict::{combined_verdict, stricter};
