//! Holidays from an iCalendar file (RFC 5545): all-day events, and those that come back every year. What is not taken over
//! is named with the reason.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    civil::{civil_of, date_of, day_of},
    definition::{Holiday, MakeUpDay, check_size},
    ics_lines::{Moment, clean, duration_days, split_property, unfold, until},
    problem::{Problem, Problems, codes},
};

const MAX_EVENTS: usize = 5_000;
const MAX_DAYS: i32 = 366;
/// The most days that a file may name in the end.
const MAX_TOTAL: usize = 20_000;
/// How many of the events that were left out are named; all are counted.
const MAX_NAMED: usize = 200;
/// How many years a repetition without an end reaches.
const YEARS: i32 = 100;

/// An event of an iCalendar file that was left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = IcsLeftOut)]
pub struct LeftOut {
    /// Its summary; may be empty.
    pub name: String,
    /// When it begins, as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why an event was left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IcsLeftOutReason)]
pub enum LeftOutReason {
    /// It has a time of day.
    TimeOfDay,
    /// It was cancelled.
    Cancelled,
    /// It comes back in a way that is not followed: other than yearly on the same date.
    Repetition,
    /// Its date is missing or cannot be read.
    NoDate,
    /// It is longer than a year.
    TooLong,
    /// It is not marked as a day off in a file that marks those (休), or the file calls it an observance.
    NotMarked,
    /// It is a task or a note and no event.
    NotAnEvent,
    /// The file ends within it.
    CutOff,
    /// It comes back every year without an end, and an arrangement is about single years.
    EveryYear,
}

/// What an iCalendar file says about days.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IcsDays {
    /// Days off, one by one.
    pub(crate) off: Vec<(i32, String)>,
    /// Days that the file marks as worked (班), one by one.
    pub(crate) worked: Vec<(i32, String)>,
    /// Days off of every year: month, day, name.
    yearly: Vec<(i32, i32, String)>,
    /// How many events were left out.
    pub skipped: usize,
    /// The first of them.
    pub left_out: Vec<LeftOut>,
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

    /// What an arrangement cannot take over of the file: also what comes back every year.
    pub fn left_out_of_arrangement(mut self) -> Vec<LeftOut> {
        for (month, day, name) in std::mem::take(&mut self.yearly) {
            let date = Some(format!("{month:02}-{day:02}"));
            self.leave_out(LeftOut { name, date, reason: LeftOutReason::EveryYear });
        }
        self.left_out
    }

    fn leave_out(&mut self, event: LeftOut) {
        self.skipped += 1;
        if self.left_out.len() < MAX_NAMED {
            self.left_out.push(event);
        }
    }
}

/// What an event says a day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Off,
    Worked,
}

#[derive(Default)]
struct Event {
    uid: String,
    start: Option<Moment>,
    /// The start as the file writes it.
    written: String,
    end: Option<Moment>,
    days: Option<i32>,
    summary: String,
    rule: Option<String>,
    /// Further days on which it takes place, and days on which it does not.
    with: Vec<i32>,
    without: BTreeSet<i32>,
    /// The day of a repeated event in whose place this one stands.
    instead_of: Option<i32>,
    mark: Option<Mark>,
    observance: bool,
    cancelled: bool,
    trouble: Option<LeftOutReason>,
}

/// Reads the all-day events of an iCalendar file. A summary that ends in 班 or （班） is a worked day. In a file that marks
/// its days off (休) events without a mark are no days off.
pub fn parse_ics(text: &str) -> Result<IcsDays, Problems> {
    check_size(text)?;
    let lines = unfold(text);
    if !lines.first().is_some_and(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(Problem::new("", codes::ICS_NOT_A_CALENDAR).into());
    }
    let mut days = IcsDays::default();
    let mut events = events(&lines)?;
    replace_single_days(&mut events);
    let marks_off = events.iter().any(|event| event.mark == Some(Mark::Off));
    for event in events {
        let name = event.summary.clone();
        let date = Some(clean(&event.written)).filter(|written| !written.is_empty());
        if let Err(reason) = days.take(event, marks_off) {
            days.leave_out(LeftOut { name, date, reason });
        }
        if days.off.len() + days.worked.len() > MAX_TOTAL {
            return Err(Problem::new("", codes::TOO_MANY).with("max", MAX_TOTAL).into());
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

fn events(lines: &[String]) -> Result<Vec<Event>, Problems> {
    let (mut events, mut event, mut nested, mut withdrawn) = (Vec::new(), None::<Event>, 0_u32, false);
    let cut_off =
        |event: Option<Event>| event.map(|event| Event { trouble: Some(LeftOutReason::CutOff), ..event });
    for line in lines {
        let Some((head, value)) = split_property(line) else { continue };
        let name = head.split(';').next().unwrap_or_default().trim().to_ascii_uppercase();
        let kind = value.trim().to_ascii_uppercase();
        match (name.as_str(), kind.as_str()) {
            ("BEGIN", "VCALENDAR") => {
                events.extend(cut_off(event.take()));
                withdrawn = false;
            }
            ("METHOD", "CANCEL") if event.is_none() => withdrawn = true,
            ("BEGIN", "VEVENT" | "VTODO" | "VJOURNAL") => {
                events.extend(cut_off(event.take()));
                if events.len() >= MAX_EVENTS {
                    return Err(Problem::new("", codes::TOO_MANY).with("max", MAX_EVENTS).into());
                }
                let trouble = (kind != "VEVENT").then_some(LeftOutReason::NotAnEvent);
                (event, nested) = (Some(Event { cancelled: withdrawn, trouble, ..Event::default() }), 0);
            }
            ("END", "VEVENT" | "VTODO" | "VJOURNAL") => events.extend(event.take().map(Event::marked)),
            ("BEGIN", _) if event.is_some() => nested += 1,
            ("END", _) if event.is_some() => nested = nested.saturating_sub(1),
            _ => {
                if let Some(event) = event.as_mut().filter(|_| nested == 0) {
                    event.read(&name, head, value);
                }
            }
        }
    }
    events.extend(cut_off(event));
    Ok(events)
}

/// An event that stands in the place of one day of a repeated one takes that day from it.
fn replace_single_days(events: &mut Vec<Event>) {
    let mut replaced: BTreeMap<String, BTreeSet<i32>> = BTreeMap::new();
    for event in events.iter().filter(|event| !event.uid.is_empty()) {
        if let Some(day) = event.instead_of {
            replaced.entry(event.uid.clone()).or_default().insert(day);
        }
    }
    let masters: BTreeSet<String> =
        events.iter().filter(|event| event.instead_of.is_none()).map(|event| event.uid.clone()).collect();
    for event in events.iter_mut().filter(|event| event.instead_of.is_none()) {
        if let Some(days) = replaced.get(&event.uid) {
            event.without.extend(days);
        }
    }
    // A single day that was cancelled is gone from its master, and that is all it says.
    events.retain(|event| !(event.cancelled && event.instead_of.is_some() && masters.contains(&event.uid)));
}

impl Event {
    fn read(&mut self, name: &str, head: &str, value: &str) {
        let date = || Moment::read(value);
        match name {
            "UID" => self.uid = value.trim().to_owned(),
            "DTSTART" => {
                (self.start, self.written) = (date(), value.trim().to_owned());
                self.doubt(self.start.is_none(), LeftOutReason::NoDate);
            }
            "DTEND" => {
                self.end = date();
                self.doubt(self.end.is_none(), LeftOutReason::NoDate);
            }
            "DURATION" => {
                self.days = duration_days(value);
                self.doubt(self.days.is_none(), LeftOutReason::TimeOfDay);
            }
            "SUMMARY" => self.summary = clean(value),
            "RRULE" => {
                self.doubt(self.rule.is_some(), LeftOutReason::Repetition);
                self.rule = Some(value.trim().to_ascii_uppercase());
            }
            "EXRULE" => self.doubt(true, LeftOutReason::Repetition),
            "RDATE" => {
                for day in value.split(',').map(Moment::read) {
                    match day {
                        Some(Moment::Day(day)) => self.with.push(day),
                        _ => self.doubt(true, LeftOutReason::Repetition),
                    }
                }
            }
            "EXDATE" => self.without.extend(value.split(',').filter_map(Moment::read).map(Moment::day)),
            "RECURRENCE-ID" => {
                self.instead_of = date().map(Moment::day);
                let more = head.to_ascii_uppercase().contains("RANGE=");
                self.doubt(more || self.instead_of.is_none(), LeftOutReason::Repetition);
            }
            "STATUS" => self.cancelled |= value.trim().eq_ignore_ascii_case("CANCELLED"),
            "DESCRIPTION" => {
                let told = value.trim_start().to_lowercase();
                self.observance = told.starts_with("observance") || told.starts_with("纪念日");
            }
            // Apple's subscription of Chinese holidays says it here.
            "X-APPLE-SPECIAL-DAY" => match value.trim() {
                "WORK-HOLIDAY" => self.mark = Some(Mark::Off),
                "ALTERNATE-WORKDAY" => self.mark = Some(Mark::Worked),
                _ => {}
            },
            _ => {}
        }
    }

    fn doubt(&mut self, trouble: bool, reason: LeftOutReason) {
        if trouble {
            self.trouble.get_or_insert(reason);
        }
    }

    /// Takes the mark of the summary, 休 or 班, apart from the name.
    fn marked(mut self) -> Self {
        let (mark, name) = mark_of(&self.summary);
        self.mark = self.mark.or(mark);
        self.summary = name;
        self
    }

    /// The first day and the first day after it.
    fn stretch(&self) -> Result<(i32, i32), LeftOutReason> {
        let start = match self.start {
            None => return Err(LeftOutReason::NoDate),
            Some(Moment::Day(day)) => day,
            Some(_) => return Err(LeftOutReason::TimeOfDay),
        };
        let end = match self.end {
            Some(Moment::Day(day)) => Some(day),
            Some(Moment::LastMinute(day)) => Some(day + 1),
            Some(Moment::Time(_)) => return Err(LeftOutReason::TimeOfDay),
            None => self.days.map(|days| start.saturating_add(days)),
        };
        let end = end.unwrap_or(start + 1).max(start + 1);
        if end - start > MAX_DAYS { Err(LeftOutReason::TooLong) } else { Ok((start, end)) }
    }
}

impl IcsDays {
    fn take(&mut self, event: Event, marks_off: bool) -> Result<(), LeftOutReason> {
        if let Some(reason) = event.cancelled.then_some(LeftOutReason::Cancelled).or(event.trouble) {
            return Err(reason);
        }
        let (start, end) = event.stretch()?;
        if event.mark.is_none() && (marks_off || event.observance) {
            return Err(LeftOutReason::NotMarked);
        }
        let worked = event.mark == Some(Mark::Worked);
        let mut starts = match event.rule.as_deref().filter(|_| event.instead_of.is_none()) {
            None => vec![start],
            Some(rule) => match Rule::of(rule, start).ok_or(LeftOutReason::Repetition)? {
                rule if rule.endless() && event.without.is_empty() && event.with.is_empty() && !worked => {
                    let days = (start..end).map(civil_of);
                    self.yearly.extend(days.map(|(_, month, day)| (month, day, event.summary.clone())));
                    return Ok(());
                }
                rule => rule.starts(start),
            },
        };
        starts.extend(&event.with);
        let length = end - start;
        let days = starts.into_iter().filter(|first| !event.without.contains(first));
        let days = days.flat_map(|first| first..first + length).filter(|day| !event.without.contains(day));
        let days = days.map(|day| (day, event.summary.clone())).take(MAX_TOTAL + 1);
        if worked {
            self.worked.extend(days)
        } else {
            self.off.extend(days)
        }
        Ok(())
    }
}

/// A yearly repetition on the same date.
#[derive(Default)]
struct Rule {
    until: Option<i32>,
    count: Option<usize>,
}

impl Rule {
    fn of(text: &str, start: i32) -> Option<Self> {
        let (_, month, day) = civil_of(start);
        let (mut yearly, mut rule) = (false, Self::default());
        for part in text.split(';').filter(|part| !part.is_empty()) {
            match part.split_once('=')? {
                ("FREQ", "YEARLY") => yearly = true,
                ("INTERVAL", "1") | ("WKST", _) => {}
                ("BYMONTH", value) if value.parse() == Ok(month) => {}
                ("BYMONTHDAY", value) if value.parse() == Ok(day) => {}
                ("UNTIL", value) => rule.until = Some(until(value)?),
                ("COUNT", value) => rule.count = Some(value.parse().ok().filter(|count| *count > 0)?),
                _ => return None,
            }
        }
        yearly.then_some(rule)
    }

    fn endless(&self) -> bool {
        self.until.is_none() && self.count.is_none()
    }

    /// The first days of its events. The 29th of February is skipped in other years.
    fn starts(&self, start: i32) -> Vec<i32> {
        let (year, month, day) = civil_of(start);
        let starts = (year..=year + YEARS).map(|year| day_of(year, month, day));
        let starts = starts.filter(|first| civil_of(*first).1 == month);
        let starts = starts.take_while(|first| self.until.is_none_or(|until| *first <= until));
        starts.take(self.count.unwrap_or(usize::MAX)).collect()
    }
}

/// The mark of a summary and the name without it: `国庆节（休）`, `[班] 国庆节`. A name that only ends in a mark stays whole.
fn mark_of(summary: &str) -> (Option<Mark>, String) {
    const OPEN: [char; 4] = ['(', '（', '[', '【'];
    const CLOSE: [char; 4] = [')', '）', ']', '】'];
    let word = |text: &str| match text.trim() {
        "休" | "放假" | "休息" | "休假" | "休息日" => Some(Mark::Off),
        "班" | "补班" | "上班" | "调休上班" | "工作日" => Some(Mark::Worked),
        _ => None,
    };
    let text = summary.trim();
    let behind = text.strip_suffix(CLOSE).and_then(|text| text.rsplit_once(OPEN));
    let before =
        text.strip_prefix(OPEN).and_then(|text| text.split_once(CLOSE)).map(|(mark, name)| (name, mark));
    let bare = text.split_once(' ').map(|(mark, name)| (name, mark));
    let ended = text.rsplit_once(' ').filter(|(_, mark)| *mark == "休");
    for (name, mark) in [behind, before, bare, ended].into_iter().flatten() {
        if let Some(mark) = word(mark) {
            return (Some(mark), name.trim().to_owned());
        }
    }
    let english = text.to_lowercase();
    let worked = text.trim_end_matches(CLOSE).ends_with('班')
        || ["上班日", "工作日"].iter().any(|end| text.ends_with(end))
        || (["working day", "workday"].iter().any(|part| english.contains(part)) && !english.contains("non"));
    (worked.then_some(Mark::Worked), text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_wherever_they_stand() {
        let (off, worked) = (Some(Mark::Off), Some(Mark::Worked));
        for (summary, mark, name) in [
            ("国庆节（休）", off, "国庆节"),
            ("国庆节(休)", off, "国庆节"),
            ("国庆节 休", off, "国庆节"),
            ("休 国庆节", off, "国庆节"),
            ("【休】国庆节", off, "国庆节"),
            ("国庆节（班）", worked, "国庆节"),
            ("[班] 国庆节", worked, "国庆节"),
            ("国庆节（补班）", worked, "国庆节"),
            ("国庆节 补班", worked, "国庆节 补班"),
            ("春节调休上班日", worked, "春节调休上班日"),
            ("Special Working Day", worked, "Special Working Day"),
            ("Non-working day", None, "Non-working day"),
            ("国庆节", None, "国庆节"),
            ("National Day (day off)", None, "National Day (day off)"),
            ("(休)", off, ""),
            ("", None, ""),
        ] {
            assert_eq!(mark_of(summary), (mark, name.to_owned()), "{summary}");
        }
    }
}
