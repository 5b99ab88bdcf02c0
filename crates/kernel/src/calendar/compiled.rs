//! A calendar that answers fast: a table of spans for each year, made when the year is first asked for.

use std::sync::{LazyLock, OnceLock};

use jiff::{
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};

use crate::Timestamp;

use super::{
    civil::{DAY, MINUTE, Weekday, date_of, day_number, day_of, day_of_wall},
    days::DayPlan,
    problem::{Problem, codes},
    rules::{DayRules, display},
    span::SpanText,
};

/// The first year that is calculated.
pub const FIRST_YEAR: i32 = 1900;
/// The last year that is calculated; a search for working time ends there.
pub const LAST_YEAR: i32 = 2399;

/// The bundled database, so that every machine finds the same deadline.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The time zone of this IANA name.
pub(crate) fn zone(name: &str, path: &str) -> Result<TimeZone, Problem> {
    let unknown = |_| Problem::new(path, codes::TIME_ZONE_UNKNOWN).with("value", name);
    ZONES.get(name.trim()).map_err(unknown)
}

/// A working-time calendar, ready to calculate with.
#[derive(Debug)]
pub struct Calendar {
    name: String,
    zone_name: String,
    pub(crate) zone: TimeZone,
    pub(crate) rules: DayRules,
    years: Box<[OnceLock<YearTable>]>,
}

/// The working time of the days of one year.
#[derive(Debug, Default)]
pub(crate) struct YearTable {
    /// In order of time, without overlap.
    pub(crate) spans: Vec<WorkSpan>,
    /// The working days.
    pub(crate) days: Vec<WorkDay>,
    /// Milliseconds of all spans.
    pub(crate) total: i64,
    /// Where the wall clock's distance to UTC changes.
    pub(crate) regimes: Vec<Regime>,
}

/// An unbroken piece of working time, half-open, in milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WorkSpan {
    pub(crate) start: i64,
    pub(crate) end: i64,
    /// The day that it belongs to.
    pub(crate) day: i32,
    /// Milliseconds of the year's earlier spans.
    pub(crate) before: i64,
}

/// A day on which work starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WorkDay {
    pub(crate) day: i32,
    pub(crate) close: i64,
}

/// A stretch of time in which the wall clock keeps its distance to UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Regime {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) offset: i64,
}

impl Calendar {
    pub(crate) fn new(name: &str, zone_name: &str, zone: TimeZone, rules: DayRules) -> Self {
        let years = (FIRST_YEAR..=LAST_YEAR).map(|_| OnceLock::new()).collect();
        Self { name: name.to_owned(), zone_name: zone_name.trim().to_owned(), zone, rules, years }
    }

    /// The calendar's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The IANA name of its time zone.
    pub fn time_zone(&self) -> &str {
        &self.zone_name
    }

    /// The wall-clock reading of an instant in this calendar's zone.
    pub fn local(&self, at: Timestamp) -> jiff::Zoned {
        at.to_jiff().to_zoned(self.zone.clone())
    }

    /// What a day is: its spans and the reason for them.
    pub fn day(&self, date: Date) -> DayPlan {
        let day = day_number(date);
        DayPlan {
            date,
            weekday: Weekday::of(day),
            spans: self.rules.spans(day).iter().map(|span| SpanText(display(*span))).collect(),
            reason: self.rules.reason(day),
        }
    }

    /// True when work starts on this day.
    pub fn is_working_day(&self, date: Date) -> bool {
        let day = day_number(date);
        let year = i32::from(date.year());
        (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && self.table(year).days.binary_search_by_key(&day, |work| work.day).is_ok()
    }

    /// The days of a year on which work starts, and the milliseconds of working time that belong to them.
    pub fn worked_in(&self, year: i32) -> (usize, i64) {
        let table = self.table(year);
        (table.days.len(), table.total)
    }

    /// Milliseconds to add to UTC for the wall clock at an instant.
    pub(crate) fn offset(&self, at: i64) -> i64 {
        let year = utc_year(at).clamp(FIRST_YEAR, LAST_YEAR);
        let known = self.table(year).regimes.iter().find(|regime| regime.from <= at && at < regime.to);
        match known {
            Some(regime) => regime.offset,
            None => i64::from(self.zone.to_offset(Timestamp::from_millis(at).to_jiff()).seconds()) * 1_000,
        }
    }

    /// The day of an instant by the wall clock.
    pub(crate) fn civil_day(&self, at: i64) -> i32 {
        day_of_wall(at + self.offset(at))
    }

    /// The table of a year between [`FIRST_YEAR`] and [`LAST_YEAR`].
    pub(crate) fn table(&self, year: i32) -> &YearTable {
        let index = usize::try_from(year.clamp(FIRST_YEAR, LAST_YEAR) - FIRST_YEAR).unwrap_or(0);
        self.years[index].get_or_init(|| self.build(year))
    }

    fn build(&self, year: i32) -> YearTable {
        let (first, last) = (day_of(year, 1, 1), day_of(year, 12, 31));
        let mut table = YearTable { regimes: self.regimes(first, last), ..YearTable::default() };
        // A span past midnight keeps what it covers; the next day's spans begin after it.
        let mut covered = self.rules.spans(first - 1).last().map_or(0, |span| span.end - 1_440);
        for day in first..=last {
            let spans = self.rules.spans(day);
            let known = table.spans.len();
            for span in spans {
                let start = span.start.max(covered);
                if start < span.end {
                    table.put(day, start, span.end);
                }
            }
            if let Some(close) = table.spans[known..].iter().map(|span| span.end).max() {
                table.days.push(WorkDay { day, close });
            }
            covered = spans.last().map_or(0, |span| span.end - 1_440);
        }
        table.spans.sort_by_key(|span| span.start);
        for span in &mut table.spans {
            span.before = table.total;
            table.total += span.end - span.start;
        }
        table
    }

    fn regimes(&self, first: i32, last: i32) -> Vec<Regime> {
        let (from, to) = (i64::from(first - 3) * DAY, i64::from(last + 4) * DAY);
        let start = Timestamp::from_millis(from).to_jiff();
        let millis = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1_000;
        let mut regimes = vec![Regime { from, to, offset: millis(self.zone.to_offset(start)) }];
        for change in self.zone.following(start) {
            let at = change.timestamp().as_millisecond();
            if at >= to {
                break;
            }
            if let Some(last) = regimes.last_mut().filter(|last| last.offset != millis(change.offset())) {
                last.to = at;
                regimes.push(Regime { from: at, to, offset: millis(change.offset()) });
            }
        }
        regimes
    }
}

impl YearTable {
    /// Adds the instants at which the wall clock of a day shows a minute from `start` to before `end`. An hour that
    /// the clock skips counts nothing, an hour that it repeats counts twice.
    fn put(&mut self, day: i32, start: i64, end: i64) {
        let midnight = i64::from(day) * DAY;
        let (wall_start, wall_end) = (midnight + start * MINUTE, midnight + end * MINUTE);
        let mut last: Option<usize> = None;
        for regime in &self.regimes {
            let from = (wall_start - regime.offset).max(regime.from);
            let to = (wall_end - regime.offset).min(regime.to);
            if from >= to {
                continue;
            }
            match last.map(|index| &mut self.spans[index]) {
                Some(piece) if piece.end == from => piece.end = to,
                _ => {
                    self.spans.push(WorkSpan { start: from, end: to, day, before: 0 });
                    last = Some(self.spans.len() - 1);
                }
            }
        }
    }

    /// The instant of a wall-clock reading: the earlier one when the clock repeats it, and as long after the gap as it
    /// lies in it when the clock skips it.
    pub(crate) fn instant(&self, wall: i64) -> Option<i64> {
        let inside =
            |regime: &&Regime| regime.from <= wall - regime.offset && wall - regime.offset < regime.to;
        if let Some(regime) = self.regimes.iter().find(inside) {
            return Some(wall - regime.offset);
        }
        let before_gap = self.regimes.iter().rev().find(|regime| regime.from <= wall - regime.offset)?;
        Some(wall - before_gap.offset)
    }
}

/// The year of an instant in UTC.
pub(crate) fn utc_year(at: i64) -> i32 {
    super::civil::civil_of(day_of_wall(at)).0
}

/// A date for people and JSON from a day's number.
pub(crate) fn civil_date(day: i32) -> Date {
    date_of(day)
}
