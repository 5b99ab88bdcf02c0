//! What a single day is to a calendar: its spans and the reason for them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{arrangement::Label, civil::Weekday, span::SpanText};

/// How working days are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayMode {
    /// The same wall time that many working days after the start, which first moves to the next opening.
    #[default]
    SameTime,
    /// The day of the start is not counted; due at the close of the last working day.
    EndOfDay,
}

/// Why a day is worked or free.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[schema(as = CalendarDayReason)]
pub enum DayReason {
    /// The weekly shifts, or their absence, decide.
    Weekly,
    /// An exception of this calendar decides.
    Exception {
        /// Its name, may be empty.
        name: String,
    },
    /// A make-up workday of this calendar.
    MakeUp {
        /// Whose shifts it uses.
        as_weekday: Weekday,
        /// Its name, may be empty.
        name: String,
    },
    /// A holiday of this calendar.
    Holiday {
        /// Its name, may be empty.
        name: String,
    },
    /// A day off of the official arrangement.
    ArrangedRest {
        /// The holiday.
        label: Label,
    },
    /// A make-up workday of the official arrangement.
    ArrangedWork {
        /// Whose shifts it uses.
        as_weekday: Weekday,
        /// The day off that it makes up for, where the arrangement says so.
        #[schema(value_type = Option<String>, format = Date)]
        in_place_of: Option<Date>,
    },
    /// The calendar is 24x7.
    AlwaysOpen,
}

/// One day of a calendar.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = CalendarDay)]
pub struct DayPlan {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Its day of the week.
    pub weekday: Weekday,
    /// Its spans by the wall clock; an end before the start lies on the next day.
    pub spans: Vec<SpanText>,
    /// Why.
    #[serde(flatten)]
    pub reason: DayReason,
}
