//! Times at the beginning of lines.

use heard_kernel::Timestamp;
use jiff::{civil, tz::Offset};

use crate::cursor::Cursor;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The day on which a file came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(civil::Date);

impl Day {
    /// The day of an instant.
    pub(crate) fn of(at: Timestamp) -> Self {
        Self(civil_of(at.millis()).date())
    }

    /// The last such day of a year that is not after tomorrow: zones differ, and clocks.
    fn last(self, month: u32, day: u32) -> Option<civil::Date> {
        let make = |year| civil::Date::new(year, small(month)?, small(day)?).ok();
        let limit = self.0.tomorrow().unwrap_or(self.0);
        // The 29th of February is there only every four, sometimes eight, years.
        (0..=8).filter_map(|back| make(self.0.year() - back)).find(|found| *found <= limit)
    }
}

/// A time as it stands in a log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Stamp {
    /// Milliseconds since 1970 of what stands there, whatever zone it is of.
    pub(crate) millis: i64,
    /// Minutes before UTC, when it says so.
    pub(crate) offset: Option<i32>,
    /// Whether the day stands there too.
    pub(crate) dated: bool,
}

impl Stamp {
    fn new(date: civil::Date, clock: Clock) -> Option<Self> {
        let at = date.to_datetime(civil::Time::new(clock.hour, clock.minute, clock.second, 0).ok()?);
        let millis = Offset::UTC.to_timestamp(at).ok()?.as_millisecond() + i64::from(clock.millis);
        Some(Self { millis, offset: None, dated: true })
    }

    /// An instant as programs count it: since 1970 in seconds, milli-, micro- or nanoseconds, told by its size.
    pub(crate) fn counted(value: f64) -> Option<Self> {
        let millis = match value.abs() {
            size if !(1e8..1e20).contains(&size) => return None,
            size if size < 1e11 => value * 1e3,
            size if size < 1e14 => value,
            size if size < 1e17 => value / 1e3,
            _ => value / 1e6,
        };
        // Casting saturates, and what lies outside of the calendar is refused when it is shown.
        let millis = millis as i64;
        jiff::Timestamp::from_millisecond(millis).ok()?;
        Some(Self { millis, offset: Some(0), dated: true })
    }
}

fn small(number: u32) -> Option<i8> {
    i8::try_from(number).ok()
}

fn civil_of(millis: i64) -> civil::DateTime {
    let at = jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
    Offset::UTC.to_datetime(at)
}

/// A time as it is shown: `2026-11-22T14:58:37.123`, as it stands in the file.
pub(crate) fn shown(millis: i64) -> String {
    civil_of(millis).to_string()
}

#[derive(Clone, Copy, Debug)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    millis: u16,
}

/// `14:58:37`, with a fraction of any length.
fn clock(cursor: &mut Cursor<'_>) -> Option<Clock> {
    let hour = small(cursor.number(2)?)?;
    cursor.eat(":")?;
    let minute = small(cursor.number(2)?)?;
    cursor.eat(":")?;
    // A leap second is shown as the one before it.
    let second = small(cursor.number(2)?.min(59))?;
    let mut fraction = *cursor;
    let mut millis = 0;
    if fraction.any(b".,").is_some()
        && let Some(digits) = fraction.digits()
    {
        for place in 0..3 {
            millis = millis * 10 + digits.as_bytes().get(place).map_or(0, |byte| u16::from(byte - b'0'));
        }
        *cursor = fraction;
    }
    (hour < 24 && minute < 60).then_some(Clock { hour, minute, second, millis })
}

/// `Z`, `+08:00`, `+0800` or ` +0800`, in minutes.
fn offset(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut ahead = *cursor;
    if ahead.eat("Z").is_some() {
        *cursor = ahead;
        return Some(0);
    }
    ahead.spaces();
    let sign = if ahead.any(b"+-")? == b'+' { 1 } else { -1 };
    let hours = ahead.number(2)?;
    let _ = ahead.eat(":");
    let minutes = ahead.number(2)?;
    if hours > 18 || minutes > 59 || ahead.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    *cursor = ahead;
    Some(sign * i32::try_from(hours * 60 + minutes).ok()?)
}

/// `2026-11-22T14:58:37.123Z` and its likes: with slashes, with a space, with a comma before the fraction.
pub(crate) fn iso(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let year = i16::try_from(cursor.number(4)?).ok()?;
    let between = cursor.any(b"-/.")?;
    let month = small(cursor.number(2)?)?;
    cursor.any(&[between])?;
    let day = small(cursor.number(2)?)?;
    cursor.any(b"T _")?;
    let clock = clock(cursor)?;
    let offset = offset(cursor);
    Some(Stamp { offset, ..Stamp::new(civil::Date::new(year, month, day).ok()?, clock)? })
}

/// `Nov 22 14:58:37`, as syslog writes it.
pub(crate) fn syslog(cursor: &mut Cursor<'_>, today: Day) -> Option<Stamp> {
    let month = cursor.word(&MONTHS)? + 1;
    cursor.eat(" ")?;
    let day = if cursor.eat(" ").is_some() { cursor.number(1)? } else { day_of_month(cursor)? };
    cursor.eat(" ")?;
    let clock = clock(cursor)?;
    Stamp::new(today.last(month, day)?, clock)
}

fn day_of_month(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.digits().filter(|digits| digits.len() <= 2)?.parse().ok()
}

/// `22/Nov/2026:14:58:37 +0800`, as web servers write it.
pub(crate) fn access(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    let day = small(cursor.number(2)?)?;
    cursor.eat("/")?;
    let month = small(cursor.word(&MONTHS)? + 1)?;
    cursor.eat("/")?;
    let year = i16::try_from(cursor.number(4)?).ok()?;
    cursor.eat(":")?;
    let clock = clock(cursor)?;
    let offset = offset(cursor);
    Some(Stamp { offset, ..Stamp::new(civil::Date::new(year, month, day).ok()?, clock)? })
}

/// `Sun Nov 22 14:58:37.123456 2026`, as Apache writes it.
pub(crate) fn apache(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.word(&WEEKDAYS)?;
    cursor.eat(" ")?;
    let month = small(cursor.word(&MONTHS)? + 1)?;
    cursor.spaces();
    let day = small(day_of_month(cursor)?)?;
    cursor.eat(" ")?;
    let clock = clock(cursor)?;
    cursor.eat(" ")?;
    let year = i16::try_from(cursor.number(4)?).ok()?;
    Stamp::new(civil::Date::new(year, month, day).ok()?, clock)
}

/// `11-22 14:58:37.123`, as Android writes it.
pub(crate) fn android(cursor: &mut Cursor<'_>, today: Day) -> Option<Stamp> {
    let month = cursor.number(2)?;
    cursor.eat("-")?;
    let day = cursor.number(2)?;
    cursor.eat(" ")?;
    let clock = clock(cursor)?;
    Stamp::new(today.last(month, day)?, clock)
}

/// `14:58:37.123`, without a day.
pub(crate) fn time_of_day(cursor: &mut Cursor<'_>, today: Day) -> Option<Stamp> {
    let clock = clock(cursor)?;
    Some(Stamp { dated: false, ..Stamp::new(today.0, clock)? })
}

/// A time with a day in ISO 8601, or without one.
pub(crate) fn iso_or_time_of_day(cursor: &mut Cursor<'_>, today: Day) -> Option<Stamp> {
    let before = *cursor;
    if let Some(stamp) = iso(cursor) {
        return Some(stamp);
    }
    *cursor = before;
    let found = time_of_day(cursor, today);
    if found.is_none() {
        *cursor = before;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day(civil::date(2026, 3, 1))
    }

    fn read(
        parser: impl Fn(&mut Cursor<'_>) -> Option<Stamp>,
        text: &str,
    ) -> Option<(String, Option<i32>, String)> {
        let mut cursor = Cursor::new(text);
        let stamp = parser(&mut cursor)?;
        Some((shown(stamp.millis), stamp.offset, cursor.rest().to_owned()))
    }

    #[test]
    fn times_of_the_common_formats_are_read_as_they_stand() {
        let cases = [
            ("2026-02-03T04:05:06Z x", "2026-02-03T04:05:06", Some(0), " x"),
            ("2026-02-03 04:05:06,789 [main]", "2026-02-03T04:05:06.789", None, " [main]"),
            ("2026/02/03 04:05:06 [error]", "2026-02-03T04:05:06", None, " [error]"),
            ("2026-02-03T04:05:06.123456789+08:00]", "2026-02-03T04:05:06.123", Some(480), "]"),
            ("2026-02-03 04:05:06.1 -0330 x", "2026-02-03T04:05:06.1", Some(-210), " x"),
            ("2026-02-03 04:05:06 +1234567", "2026-02-03T04:05:06", None, " +1234567"),
        ];
        for (text, at, offset, rest) in cases {
            assert_eq!(read(iso, text), Some((at.to_owned(), offset, rest.to_owned())), "{text}");
        }
        let found = read(access, "22/Nov/2025:14:58:37 +0800] \"GET");
        assert_eq!(found, Some(("2025-11-22T14:58:37".to_owned(), Some(480), "] \"GET".to_owned())));
        let found = read(apache, "Sun Nov 22 14:58:37.123456 2025]");
        assert_eq!(found, Some(("2025-11-22T14:58:37.123".to_owned(), None, "]".to_owned())));
    }

    #[test]
    fn a_missing_year_is_the_last_one_before_the_file_came() {
        let at = |text| read(|cursor| syslog(cursor, today()), text).map(|found| found.0);
        assert_eq!(at("Feb 28 23:59:59 host").as_deref(), Some("2026-02-28T23:59:59"));
        assert_eq!(at("Mar  2 00:00:01 host").as_deref(), Some("2026-03-02T00:00:01"), "zones differ");
        assert_eq!(at("Mar  3 00:00:01 host").as_deref(), Some("2025-03-03T00:00:01"));
        let at = |text| read(|cursor| android(cursor, today()), text).map(|found| found.0);
        assert_eq!(at("12-31 23:59:59.999  1 2 E").as_deref(), Some("2025-12-31T23:59:59.999"));
        assert_eq!(at("02-29 10:00:00.000 ").as_deref(), Some("2024-02-29T10:00:00"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["2026-13-01 00:00:00", "2026-02-30 00:00:00", "2026-02-03", "2026-02-03 24:00:00", "20", ""]
        {
            assert_eq!(read(iso, text), None, "{text}");
        }
        assert_eq!(Stamp::counted(1_700_000_000.5).map(|stamp| stamp.millis), Some(1_700_000_000_500));
        assert_eq!(Stamp::counted(1.7e12).map(|stamp| stamp.millis), Some(1_700_000_000_000));
        assert_eq!(Stamp::counted(12.0), None);
        assert_eq!(Stamp::counted(f64::MAX), None);
        assert_eq!(Stamp::counted(f64::NAN), None);
    }
}
