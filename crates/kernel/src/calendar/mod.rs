//! Working time: when a team works, and how far a deadline is in that time.
//!
//! A [`Definition`] is the document that an administrator edits: weekly shifts, holidays, make-up workdays (调休),
//! exceptions, a time zone, and by name the official [`Arrangement`] of a country. Compiled it is a [`Calendar`],
//! which answers in microseconds; [`Calendar::add_working_minutes`] and its siblings return an [`Outcome`] that
//! says why, in data and in words. [`Calendars`] holds the calendars that have a name.
//!
//! Conventions, held everywhere: spans are half-open, so an instant at closing time is outside; a start outside
//! working time moves to the next opening; working time ends at the earliest instant at which it has elapsed;
//! overlapping pauses count once; a span past midnight belongs to the day it starts on.

mod arrangement;
mod civil;
mod compiled;
mod days;
mod definition;
mod eval;
mod ics;
mod ics_lines;
mod library;
mod nearest;
mod outcome;
mod problem;
mod reading;
mod reckon;
mod rules;
mod span;
mod words;

pub use arrangement::{Arrangement, ArrangementYear, Arrangements, Label, RestDays, WorkedDay};
pub use civil::Weekday;
pub use compiled::{Calendar, FIRST_YEAR, LAST_YEAR};
pub use days::{DayMode, DayPlan, DayReason};
pub use definition::{Definition, ExceptionDay, Holiday, Kind, MakeUpDay};
pub use eval::{Question, eval_line};
pub use ics::{IcsDays, LeftOut, LeftOutReason, parse_ics};
pub use library::{Calendars, DEFAULT_CALENDAR};
pub use outcome::{CountedSpan, DayNote, Demand, Outcome, Pause, PauseEffect, Warning};
pub(crate) use outcome::{MAX_DAYS, MAX_MINUTES, Stretch, last_touched, merge};
pub use problem::{Problem, Problems, codes};
pub(crate) use reckon::too_far;
pub use span::SpanText;
pub(crate) use words::Words;
