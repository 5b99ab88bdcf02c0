//! Working calendars (工作日历): when the organisation works, which every clock counts by.
//!
//! Own calendars are documents that administrators edit; built-in ones can be read and copied. Official arrangements
//! (放假安排) of later years are loaded from a file or entered by hand. One calendar is the default.
//!
//! Words: *calendar*, *arrangement*, *region* (whose arrangement, `cn`), *default calendar*. Documents and clocks name
//! a calendar by its name. Events: `calendar.created`, `calendar.updated`, `calendar.deleted`,
//! `calendar.default_changed`, `arrangement.loaded`, `arrangement.removed`. Rights: `calendar.read`, `calendar.manage`.
//!
//! Other slices calculate with [`library`], which gives the compiled calendars as they stand in a transaction, and
//! [`default_name`]. Who stores the name of a calendar tells [`Users`] so that it is not deleted under them.

mod events;
pub mod http;
mod library;
mod model;
mod regions;
mod rules;
mod service;
mod store;
mod users;
mod years;

pub use events::{
    ArrangementLoaded, ArrangementRemoved, CalendarCreated, CalendarDefaultChanged, CalendarDeleted,
    CalendarUpdated,
};
pub use library::{Library, calendar, default_name, library, library_and_default, name_of};
pub use model::{
    ArrangedYear, CALENDAR_BUILT_IN, CALENDAR_IN_USE, CALENDAR_NAME_RESERVED, CalendarId, CalendarView,
    CalendarYear, CalendarYearDay, REGION_INVALID, Region,
};
pub use users::{Use, UseSource, Users};
