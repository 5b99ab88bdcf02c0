//! A year of a calendar, day by day.

use heard_kernel::{
    Error, Locale, Result,
    calendar::{Arrangements, Calendar, FIRST_YEAR, LAST_YEAR},
};
use jiff::civil::Date;

use super::model::{CalendarYear, CalendarYearDay};
use crate::settings::OUT_OF_RANGE;

/// The days of a year with their reasons. `region` is the arrangement that the calendar uses.
pub(super) fn of(
    calendar: &Calendar,
    arrangements: &Arrangements,
    region: Option<&str>,
    year: i32,
    locale: Locale,
) -> Result<CalendarYear> {
    let out = || Error::field("year", OUT_OF_RANGE).with("min", FIRST_YEAR).with("max", LAST_YEAR);
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(out());
    }
    let first = Date::new(i16::try_from(year).map_err(|_| out())?, 1, 1).map_err(Error::internal)?;
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
    let days = days.take_while(|day| i32::from(day.year()) == year).map(|date| {
        let plan = calendar.day(date);
        let why = calendar.why(&plan, locale);
        CalendarYearDay { plan, why }
    });
    let (working_days, millis) = calendar.worked_in(year);
    let arrangement = region.and_then(|name| arrangements.get(name));
    Ok(CalendarYear {
        year,
        time_zone: calendar.time_zone().to_owned(),
        arranged: arrangement.map(|arrangement| arrangement.years().any(|known| known == year)),
        working_days: u32::try_from(working_days).unwrap_or(u32::MAX),
        working_minutes: millis / 60_000,
        days: days.collect(),
    })
}
