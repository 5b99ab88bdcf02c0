//! The lines of an iCalendar file (RFC 5545): folding, properties, dates, lengths and text.

use super::civil::{civil_of, day_of};

/// The longest name that is kept, in characters.
const MAX_NAME: usize = 100;
const DAY: i64 = 86_400;

/// Joins the lines that the format folds. Lines end with CR LF, LF or CR; empty ones are left out.
pub(super) fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']).filter(|line| !line.is_empty()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            // A file that was put together from others has a mark at the beginning of each.
            _ => lines.push(line.trim_start_matches('\u{feff}').to_owned()),
        }
    }
    lines
}

/// Splits a property at the first colon outside quotes, into what stands before it and its value.
pub(super) fn split_property(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == ':' && !quoted
    })?;
    Some((&line[..colon.0], &line[colon.0 + 1..]))
}

/// What a date in the file says about days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Moment {
    /// A day, or its midnight.
    Day(i32),
    /// The last minute of a day, as some programs end an all-day event.
    LastMinute(i32),
    /// Another time of a day.
    Time(i32),
}

impl Moment {
    /// Reads `20261001` or `20261001T093000Z`.
    pub(super) fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        let (date, time) = value.split_once(['T', 't']).unwrap_or((value, "000000"));
        let digits =
            |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let clock = time.strip_suffix(['Z', 'z']).unwrap_or(time);
        if !digits(date, 8) || !(digits(clock, 6) || digits(clock, 4)) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| date[range].parse::<i32>().ok();
        let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
        let found = day_of(year, month.clamp(1, 12), day.clamp(1, 31));
        if year < 1900 || civil_of(found) != (year, month, day) {
            return None;
        }
        Some(match &clock[..4] {
            "0000" => Self::Day(found),
            "2359" => Self::LastMinute(found),
            _ => Self::Time(found),
        })
    }

    /// The day of the calendar in which it lies.
    pub(super) fn day(self) -> i32 {
        let (Self::Day(day) | Self::LastMinute(day) | Self::Time(day)) = self;
        day
    }
}

/// The last day that `UNTIL` allows. Midnight of a zone east of Greenwich is written as an hour of the day before.
pub(super) fn until(value: &str) -> Option<i32> {
    let evening = value.ends_with('Z') && value.get(9..11).is_some_and(|hour| hour >= "12");
    Some(Moment::read(value)?.day() + i32::from(evening))
}

/// A length in whole days, such as `P1D`, `P1W`, `PT24H` or `P1DT0H`.
pub(super) fn duration_days(value: &str) -> Option<i32> {
    let value = value.trim();
    let (mut seconds, mut number, mut time) = (0_i64, String::new(), false);
    for letter in value.strip_prefix('+').unwrap_or(value).strip_prefix('P')?.chars() {
        let unit = match letter {
            'T' if !time => {
                time = true;
                continue;
            }
            letter if letter.is_ascii_digit() && number.len() < 9 => {
                number.push(letter);
                continue;
            }
            'W' if !time => 7 * DAY,
            'D' if !time => DAY,
            'H' if time => 3_600,
            'M' if time => 60,
            'S' if time => 1,
            _ => return None,
        };
        seconds += std::mem::take(&mut number).parse::<i64>().ok()? * unit;
    }
    let whole = number.is_empty() && seconds > 0 && seconds % DAY == 0;
    if whole { i32::try_from(seconds / DAY).ok() } else { None }
}

/// Undoes the escapes of a text value and bounds its length.
pub(super) fn clean(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.trim().chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) if !other.is_control() => text.push(other),
                _ => {}
            },
            letter if letter.is_control() => {}
            letter => text.push(letter),
        }
        if text.chars().count() >= MAX_NAME {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_days_or_nothing() {
        for (text, days) in [
            ("P1D", Some(1)),
            ("+P7D", Some(7)),
            ("P2W", Some(14)),
            ("PT24H", Some(1)),
            ("P1DT0H0M0S", Some(1)),
            ("P1DT23H60M", Some(2)),
            ("PT86400S", Some(1)),
            ("PT9H", None),
            ("P0D", None),
            ("-P1D", None),
            ("P", None),
            ("P1", None),
            ("P1M", None),
            ("PT1D", None),
            ("P9999999999D", None),
            ("P1Tä", None),
        ] {
            assert_eq!(duration_days(text), days, "{text}");
        }
    }

    #[test]
    fn dates_are_days_or_times() {
        let day = day_of(2026, 10, 1);
        for (text, moment) in [
            ("20261001", Some(Moment::Day(day))),
            (" 20261001T000000 ", Some(Moment::Day(day))),
            ("20261001T000000Z", Some(Moment::Day(day))),
            ("20261001T235959", Some(Moment::LastMinute(day))),
            ("20261001T0930", Some(Moment::Time(day))),
            ("20261001T160000Z", Some(Moment::Time(day))),
            ("20260229", None),
            ("2026-10-01", None),
            ("20261001T", None),
            ("20261001Tab", None),
            ("18000101", None),
            ("", None),
        ] {
            assert_eq!(Moment::read(text), moment, "{text}");
        }
        assert_eq!(until("20261001"), Some(day));
        assert_eq!(until("20260930T160000Z"), Some(day));
        assert_eq!(until("20261001T000000Z"), Some(day));
    }
}
