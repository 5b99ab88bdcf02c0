//! Days as numbers since 1970-01-01, so that a table of a year is plain arithmetic.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Milliseconds of one minute.
pub(crate) const MINUTE: i64 = 60_000;
/// Milliseconds of one day by the wall clock.
pub(crate) const DAY: i64 = 1_440 * MINUTE;

/// A day of the week. Written `mon` … `sun`; long names and 周一 … 周日 are understood.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// 0 for Monday to 6 for Sunday.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The short English name in lower case, as documents write it.
    pub const fn as_str(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][self as usize]
    }

    /// Reads a name: `fri`, `Friday`, `周五`, `星期五`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if let Some(sign) = text.strip_prefix("星期").or_else(|| text.strip_prefix('周')) {
            let index = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|known| *known == sign);
            return index.or((sign == "天").then_some(6)).map(|index| Self::ALL[index]);
        }
        let long = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let index = long.iter().position(|name| *name == text || name[..3] == text)?;
        Some(Self::ALL[index])
    }

    /// The weekday of a day.
    pub(crate) const fn of(day: i32) -> Self {
        Self::ALL[(day + 3).rem_euclid(7) as usize]
    }
}

/// The number of a date. After Howard Hinnant, "chrono-compatible low-level date algorithms".
pub(crate) fn day_number(date: Date) -> i32 {
    day_of(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

/// The number of the day year-month-day.
pub(crate) const fn day_of(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a day's number.
pub(crate) const fn civil_of(day: i32) -> (i32, i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day_of_year - (153 * month_index + 2) / 5 + 1)
}

/// The date of a day's number; days outside the supported years are clamped to what a date can hold.
pub(crate) fn date_of(day: i32) -> Date {
    let (year, month, dom) = civil_of(day);
    let part = |value: i32| i8::try_from(value).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or(0), part(month), part(dom)).unwrap_or_default()
}

/// The day in which a wall-clock reading in milliseconds lies.
pub(crate) fn day_of_wall(wall: i64) -> i32 {
    i32::try_from(wall.div_euclid(DAY)).unwrap_or(if wall < 0 { i32::MIN / 2 } else { i32::MAX / 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_agree_with_jiff() {
        let mut date = Date::constant(1899, 12, 25);
        let mut day = day_number(date);
        assert_eq!(day_number(Date::constant(1970, 1, 1)), 0);
        while date < Date::constant(2400, 1, 5) {
            assert_eq!((day_number(date), date_of(day)), (day, date));
            assert_eq!(Weekday::of(day).index(), date.weekday().to_monday_zero_offset() as usize);
            date = date.tomorrow().unwrap();
            day += 1;
        }
    }

    #[test]
    fn weekdays_are_read_in_both_languages() {
        for (text, day) in [
            ("FRI", Weekday::Fri),
            ("friday", Weekday::Fri),
            ("周天", Weekday::Sun),
            ("星期一", Weekday::Mon),
        ] {
            assert_eq!(Weekday::parse(text), Some(day));
        }
        assert_eq!(Weekday::parse("f"), None);
    }
}
