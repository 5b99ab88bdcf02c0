//! Holidays from an iCalendar file (RFC 5545): all-day events, and those that come back every year.

use super::{
    civil::{civil_of, date_of, day_of},
    definition::{Holiday, MakeUpDay, check_size},
    problem::{Problem, Problems, codes},
};

const MAX_EVENTS: usize = 5_000;
const MAX_DAYS: i32 = 366;
/// The most days that a file may name in the end.
const MAX_TOTAL: usize = 20_000;

/// What an iCalendar file says about days.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IcsDays {
    /// Days off, one by one.
    pub(crate) off: Vec<(i32, String)>,
    /// Days that the file marks as worked (班), one by one.
    pub(crate) worked: Vec<(i32, String)>,
    /// Days off of every year: month, day, name.
    yearly: Vec<(i32, i32, String)>,
    /// Events that were left out: with a time of day, cancelled, or repeated in another way than yearly.
    pub skipped: usize,
}

impl IcsDays {
    /// The days off as a definition writes them.
    pub fn holidays(&self) -> Vec<Holiday> {
        let fixed = self.off.iter().map(|(day, name)| Holiday::on(date_of(*day).to_string(), name.clone()));
        let yearly = self.yearly.iter().map(|(month, day, name)| Holiday {
            yearly: Some(format!("{month:02}-{day:02}")),
            name: name.clone(),
            ..Holiday::default()
        });
        fixed.chain(yearly).collect()
    }

    /// The worked days as a definition writes them, with the shifts of `as_weekday`, which the file cannot tell.
    pub fn make_up_days(&self, as_weekday: super::Weekday) -> Vec<MakeUpDay> {
        let entry = |(day, name): &(i32, String)| MakeUpDay {
            date: date_of(*day).to_string(),
            as_weekday: as_weekday.as_str().to_owned(),
            name: name.clone(),
        };
        self.worked.iter().map(entry).collect()
    }
}

#[derive(Default)]
struct Event {
    start: Option<i32>,
    end: Option<i32>,
    days: Option<i32>,
    summary: String,
    rule: Option<String>,
    without: Vec<i32>,
    left_out: bool,
}

/// Reads the all-day events of an iCalendar file. An event whose summary ends in 班 or （班） is a worked day.
pub fn parse_ics(text: &str) -> Result<IcsDays, Problems> {
    check_size(text)?;
    let lines = unfold(text);
    if !lines.first().is_some_and(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(Problem::new("", codes::ICS_NOT_A_CALENDAR).into());
    }
    let (mut days, mut event, mut nested, mut count) = (IcsDays::default(), None, 0_u32, 0);
    for line in &lines {
        let Some((head, value)) = split_property(line) else { continue };
        let name = head.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match (name.as_str(), value.trim().to_ascii_uppercase().as_str()) {
            ("BEGIN", "VEVENT") => {
                count += 1;
                if count > MAX_EVENTS {
                    return Err(Problem::new("", codes::TOO_MANY).with("max", MAX_EVENTS).into());
                }
                (event, nested) = (Some(Event::default()), 0);
            }
            ("END", "VEVENT") => {
                if let Some(done) = event.take() {
                    days.take(done);
                    if days.off.len() + days.worked.len() > MAX_TOTAL {
                        return Err(Problem::new("", codes::TOO_MANY).with("max", MAX_TOTAL).into());
                    }
                }
            }
            ("BEGIN", _) if event.is_some() => nested += 1,
            ("END", _) if event.is_some() => nested = nested.saturating_sub(1),
            _ => {
                if let Some(event) = event.as_mut().filter(|_| nested == 0) {
                    event.read(&name, value);
                }
            }
        }
    }
    days.off.sort();
    days.off.dedup_by_key(|(day, _)| *day);
    days.worked.sort();
    days.worked.dedup_by_key(|(day, _)| *day);
    let worked = &days.worked;
    days.off.retain(|(day, _)| worked.binary_search_by_key(day, |(day, _)| *day).is_err());
    Ok(days)
}

impl Event {
    fn read(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => {
                self.start = whole_day(value);
                self.left_out |= self.start.is_none();
            }
            "DTEND" => {
                self.end = whole_day(value);
                self.left_out |= self.end.is_none();
            }
            "DURATION" => {
                self.days = duration_days(value);
                self.left_out |= self.days.is_none();
            }
            "SUMMARY" => self.summary = clean(value),
            "RRULE" => self.rule = Some(value.trim().to_ascii_uppercase()),
            "EXDATE" => self.without.extend(value.split(',').filter_map(whole_day)),
            "STATUS" => self.left_out |= value.trim().eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }
}

impl IcsDays {
    fn take(&mut self, event: Event) {
        let Some(start) = event.start.filter(|_| !event.left_out) else {
            self.skipped += 1;
            return;
        };
        let end = event.end.or(event.days.map(|days| start + days)).unwrap_or(start + 1).max(start + 1);
        if end - start > MAX_DAYS {
            self.skipped += 1;
            return;
        }
        let name = event.summary.trim_end_matches(['）', ')']);
        if name.ends_with('班') {
            // What stands before the mark says what it makes up for; a name that is not marked stays whole.
            let marked = name.strip_suffix("(班").or_else(|| name.strip_suffix("（班"));
            let name = marked.unwrap_or(&event.summary).trim();
            let days = (start..end).filter(|day| !event.without.contains(day));
            self.worked.extend(days.map(|day| (day, name.to_owned())));
            return;
        }
        let name =
            name.strip_suffix("(休").or_else(|| name.strip_suffix("（休")).unwrap_or(&event.summary).trim();
        match event.rule.as_deref().map(|rule| Rule::of(rule, start)) {
            None => {
                let days = (start..end).filter(|day| !event.without.contains(day));
                self.off.extend(days.map(|day| (day, name.to_owned())));
            }
            Some(Some(Rule::Forever)) if event.without.is_empty() => {
                let days = (start..end).map(civil_of);
                self.yearly.extend(days.map(|(_, month, day)| (month, day, name.to_owned())));
            }
            Some(Some(rule)) => {
                let (year, month, day) = civil_of(start);
                for next in year..=rule.last_year(year) {
                    let first = day_of(next, month, day);
                    // The 29th of February is skipped in other years.
                    let days = (civil_of(first).1 == month).then_some(first..first + (end - start));
                    let days = days.into_iter().flatten().filter(|day| !event.without.contains(day));
                    self.off.extend(days.map(|day| (day, name.to_owned())));
                }
            }
            Some(None) => self.skipped += 1,
        }
    }
}

/// A yearly repetition on the same date.
enum Rule {
    Forever,
    Until(i32),
    Count(i32),
}

impl Rule {
    fn of(text: &str, start: i32) -> Option<Self> {
        let (_, month, day) = civil_of(start);
        let (mut yearly, mut rule) = (false, Self::Forever);
        for part in text.split(';').filter(|part| !part.is_empty()) {
            match part.split_once('=')? {
                ("FREQ", "YEARLY") => yearly = true,
                ("INTERVAL", "1") | ("WKST", _) => {}
                ("BYMONTH", value) if value.parse() == Ok(month) => {}
                ("BYMONTHDAY", value) if value.parse() == Ok(day) => {}
                ("UNTIL", value) => rule = Self::Until(civil_of(whole_day(value.get(..8)?)?).0),
                ("COUNT", value) => rule = Self::Count(value.parse().ok().filter(|count| *count > 0)?),
                _ => return None,
            }
        }
        yearly.then_some(rule)
    }

    fn last_year(&self, first: i32) -> i32 {
        let last = match self {
            Self::Forever => first + 100,
            Self::Until(year) => *year,
            Self::Count(count) => first.saturating_add(count - 1),
        };
        last.min(first + 100)
    }
}

/// Joins the lines that RFC 5545 folds.
fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Splits at the first colon outside quotes.
fn split_property(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == ':' && !quoted
    })?;
    Some((&line[..colon.0], &line[colon.0 + 1..]))
}

/// A date such as `20261001`; midnight of a day counts as the day, other times of day do not.
fn whole_day(value: &str) -> Option<i32> {
    let value = value.trim();
    let (date, time) = value.split_once('T').unwrap_or((value, "000000"));
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) || !time.starts_with("000000") {
        return None;
    }
    let number = |range: std::ops::Range<usize>| date[range].parse::<i32>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let found = day_of(year, month.clamp(1, 12), day.clamp(1, 31));
    (year >= 1900 && civil_of(found) == (year, month, day)).then_some(found)
}

fn duration_days(value: &str) -> Option<i32> {
    let (number, unit) =
        value.trim().strip_prefix('P')?.split_at_checked(value.trim().len().checked_sub(2)?)?;
    let number = number.parse::<i32>().ok().filter(|number| (1..=MAX_DAYS).contains(number))?;
    match unit {
        "D" => Some(number),
        "W" => Some(number * 7),
        _ => None,
    }
}

/// Undoes the escapes of a text value and bounds its length.
fn clean(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.trim().chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => {}
            },
            letter if letter.is_control() => {}
            letter => text.push(letter),
        }
        if text.chars().count() >= 100 {
            break;
        }
    }
    text
}
