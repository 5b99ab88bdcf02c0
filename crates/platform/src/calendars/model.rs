//! Calendars and arrangements as administrators see them.

use heard_kernel::{
    Code, Timestamp,
    calendar::{ArrangementYear, DEFAULT_CALENDAR, DayPlan, Definition},
};
use heard_store::id_type;
use serde::Serialize;
use uuid::Uuid;

use super::users::Use;
use crate::directory::UserRef;

id_type!(
    /// Names a calendar in the log; everywhere else its name does.
    CalendarId
);

/// The calendar is built in: it cannot be changed or deleted, only copied.
pub const CALENDAR_BUILT_IN: Code = Code::new("calendar_built_in", 409);
/// The calendar is used (`params.uses` names where): it cannot be deleted or renamed.
pub const CALENDAR_IN_USE: Code = Code::new("calendar_in_use", 409);
/// The name means something else in addresses of the API.
pub const CALENDAR_NAME_RESERVED: Code = Code::new("calendar_name_reserved", 422);
/// A region is written in small letters, digits and hyphens.
pub const REGION_INVALID: Code = Code::new("region_invalid", 422);

/// The calendar that counts where none is named, until another is chosen.
pub(crate) const FIRST_DEFAULT: &str = DEFAULT_CALENDAR;

/// Names that stand for something else in the addresses of the API.
pub(crate) const RESERVED: [&str; 3] = ["default", "preview", "import_ics"];

/// The names of the built-in calendars in the order in which they are listed, each with its id.
pub(crate) const BUILT_IN: [(&str, CalendarId); 4] = [
    ("cn-workday", CalendarId(Uuid::from_u128(0xca1e_0000_0000_7000_8000_0000_0000_0001))),
    ("cn-office-9-18", CalendarId(Uuid::from_u128(0xca1e_0000_0000_7000_8000_0000_0000_0002))),
    ("24x7", CalendarId(Uuid::from_u128(0xca1e_0000_0000_7000_8000_0000_0000_0003))),
    ("weekdays-utc", CalendarId(Uuid::from_u128(0xca1e_0000_0000_7000_8000_0000_0000_0004))),
];

/// The built-in calendar of this name.
pub(crate) fn built_in(name: &str) -> Option<CalendarId> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, id)| *id)
}

/// An own calendar as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CalendarRow {
    pub(crate) id: CalendarId,
    pub(crate) definition: Definition,
    pub(crate) version: i64,
    pub(crate) updated_at: Timestamp,
}

/// A year of an arrangement as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct YearRow {
    pub(crate) region: String,
    pub(crate) days: ArrangementYear,
    pub(crate) source: String,
    pub(crate) loaded_by: Option<Uuid>,
    pub(crate) loaded_at: Timestamp,
}

/// What changes with every change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StateRow {
    /// Never the same twice.
    pub(crate) revision: String,
    pub(crate) default_calendar: String,
    pub(crate) version: i64,
}

/// A working calendar.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = WorkingCalendar)]
pub struct CalendarView {
    /// Names it in the log.
    pub id: CalendarId,
    /// Its name, by which clocks and documents refer to it.
    pub name: String,
    /// Whether it is part of the product: it can be copied, not changed.
    pub built_in: bool,
    /// Whether it counts where none is named.
    pub is_default: bool,
    /// The document.
    pub definition: Definition,
    /// This year and the next one where they have no arrangement yet; empty for a calendar that uses none.
    pub missing_years: Vec<i32>,
    /// Where it is used.
    pub uses: Vec<Use>,
    /// When it was changed last; null for a built-in one.
    #[schema(required = true)]
    pub updated_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
}

/// A day of a calendar with the reason in words.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CalendarYearDay {
    /// The day.
    #[serde(flatten)]
    pub plan: DayPlan,
    /// Why it is worked or free, in the caller's language.
    pub why: String,
}

/// A year of a calendar, day by day.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CalendarYear {
    /// Which year.
    pub year: i32,
    /// The calendar's time zone.
    pub time_zone: String,
    /// Whether an official arrangement is used and known: null when the calendar uses none.
    #[schema(required = true)]
    pub arranged: Option<bool>,
    /// Days on which work starts.
    pub working_days: u32,
    /// Minutes of working time that belong to these days.
    pub working_minutes: i64,
    /// All days.
    pub days: Vec<CalendarYearDay>,
}

/// A year of an official arrangement.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ArrangedYear {
    /// Its days.
    #[serde(flatten)]
    pub days: ArrangementYear,
    /// Whether it is part of the product. A loaded year stands in its place.
    pub built_in: bool,
    /// Where it came from: the name of a file, a notice.
    pub source: String,
    /// Who loaded it.
    #[schema(required = true)]
    pub loaded_by: Option<UserRef>,
    /// When it was loaded.
    #[schema(required = true)]
    pub loaded_at: Option<Timestamp>,
}

/// The official arrangement of a region.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = RegionArrangement)]
pub struct Region {
    /// The name by which calendars refer to it.
    pub region: String,
    /// Its years, the latest first.
    pub years: Vec<ArrangedYear>,
    /// This year and the next one where they are not known yet.
    pub missing_years: Vec<i32>,
}
