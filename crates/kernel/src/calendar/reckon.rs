//! Arithmetic in working time on milliseconds. No allocation: this is what runs for every deadline.

use super::{
    civil::DAY,
    compiled::{Calendar, FIRST_YEAR, LAST_YEAR, WorkDay, YearTable, utc_year},
    days::DayMode,
    problem::{Problem, codes},
};

/// How far a span may reach from the year of its day: past midnight, and a zone's distance to UTC.
const REACH: i64 = 3 * DAY;

/// The first working instant at or after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) at: i64,
    pub(crate) day: i32,
    year: i32,
    /// Milliseconds worked in the year's table before `at`.
    before: i64,
}

impl Calendar {
    pub(crate) fn check_instant(at: i64, path: &str) -> Result<(), Problem> {
        let year = utc_year(at);
        if (FIRST_YEAR + 1..LAST_YEAR).contains(&year) {
            return Ok(());
        }
        let problem = Problem::new(path, codes::INSTANT_OUT_OF_RANGE);
        Err(problem.with("first", FIRST_YEAR + 1).with("last", LAST_YEAR - 1))
    }

    /// The first working instant at or after `at`. The search ends with the last supported year.
    pub(crate) fn opening(&self, at: i64) -> Result<Opening, Problem> {
        for year in utc_year(at - REACH).max(FIRST_YEAR)..=LAST_YEAR {
            let table = self.table(year);
            if table.spans.last().is_none_or(|last| last.end <= at) {
                continue;
            }
            let span = table.spans[table.spans.partition_point(|span| span.end <= at)];
            let start = span.start.max(at);
            return Ok(Opening { at: start, day: span.day, year, before: span.before + start - span.start });
        }
        Err(too_far())
    }

    /// The earliest instant at which `need` milliseconds have been worked since an opening.
    pub(crate) fn elapse(&self, opening: Opening, need: i64) -> Result<i64, Problem> {
        if need <= 0 {
            return Ok(opening.at);
        }
        let mut target = opening.before + need;
        for year in opening.year..=LAST_YEAR {
            let table = self.table(year);
            if target > table.total {
                target -= table.total;
                continue;
            }
            let index = table.spans.partition_point(|span| span.before + (span.end - span.start) < target);
            let span = table.spans[index];
            return Ok(span.start + target - span.before);
        }
        Err(too_far())
    }

    /// The earliest instant at which `need` milliseconds have been worked from `at` on outside the pauses, which are
    /// sorted and do not overlap. An open pause never ends: `None` when the time has not elapsed before it.
    pub(crate) fn elapse_with(
        &self,
        at: i64,
        need: i64,
        pauses: &[(i64, Option<i64>)],
    ) -> Result<Option<i64>, Problem> {
        if need <= 0 {
            return self.opening(at).map(|opening| Some(opening.at));
        }
        let (mut from, mut left) = (at, need);
        for &(start, end) in pauses {
            if start > from {
                let worked = self.worked(from, start);
                if worked >= left {
                    break;
                }
                left -= worked;
            }
            match end {
                Some(end) => from = from.max(end),
                None => return Ok(None),
            }
        }
        self.elapse(self.opening(from)?, left).map(Some)
    }

    /// Milliseconds worked from `from` to `to`; 0 when `to` is not later.
    pub(crate) fn worked(&self, from: i64, to: i64) -> i64 {
        if to <= from {
            return 0;
        }
        let years = utc_year(from - REACH).max(FIRST_YEAR)..=utc_year(to + REACH).min(LAST_YEAR);
        years
            .map(|year| self.table(year))
            .map(|table| table.worked_until(to) - table.worked_until(from))
            .sum()
    }

    /// Milliseconds worked from `from` to `to` outside the pauses, which are sorted and do not overlap.
    pub(crate) fn worked_with(&self, from: i64, to: i64, pauses: &[(i64, Option<i64>)]) -> i64 {
        let lost = pauses.iter().map(|&(start, end)| self.worked(start.max(from), end.unwrap_or(to).min(to)));
        self.worked(from, to) - lost.sum::<i64>()
    }

    /// The instant `count` working days after `at`, and the working day on which it falls.
    pub(crate) fn days_after(&self, at: i64, count: u32, mode: DayMode) -> Result<(i64, i32), Problem> {
        let opening = self.opening(at)?;
        let steps = i64::from(count);
        match mode {
            DayMode::SameTime if count == 0 => Ok((opening.at, opening.day)),
            DayMode::SameTime => {
                let (year, work) = self.step_days(opening.day, steps)?;
                let wall = opening.at + self.offset(opening.at) + i64::from(work.day - opening.day) * DAY;
                let due = self.table(year).instant(wall).ok_or_else(too_far)?;
                Ok((due, work.day))
            }
            DayMode::EndOfDay => {
                let base = if count == 0 { opening.day } else { self.base_day(at, opening) };
                let work = self.step_days(base, steps)?.1;
                Ok((work.close, work.day))
            }
        }
    }

    /// The day to which an instant belongs: that of the span around it, or the day by the wall clock.
    pub(crate) fn base_day(&self, at: i64, opening: Opening) -> i32 {
        if opening.at == at { opening.day } else { self.civil_day(at) }
    }

    /// The end of a day's work; the beginning of time for a day without work.
    pub(crate) fn close_of(&self, day: i32) -> i64 {
        let days = &self.table(super::civil::civil_of(day).0).days;
        days.binary_search_by_key(&day, |work| work.day).map_or(i64::MIN, |index| days[index].close)
    }

    /// The working day `steps` working days after `base`, with its year. With 0 steps `base` itself, which is worked.
    fn step_days(&self, base: i32, steps: i64) -> Result<(i32, WorkDay), Problem> {
        let first = super::civil::civil_of(base).0.max(FIRST_YEAR);
        let mut left = usize::try_from(steps).map_err(|_| too_far())?;
        for year in first..=LAST_YEAR {
            let days = &self.table(year).days;
            let past = if year == first { days.partition_point(|work| work.day <= base) } else { 0 };
            // `left` counts from the day before the first that is open to choice.
            let Some(index) = (past + left).checked_sub(1) else { continue };
            if let Some(work) = days.get(index) {
                return Ok((year, *work));
            }
            left -= days.len() - past;
        }
        Err(too_far())
    }

    /// The days of work that lie after `base` up to and with `last`.
    pub(crate) fn days_between(&self, base: i32, last: i32, most: usize) -> Vec<i32> {
        let (first_year, last_year) = (super::civil::civil_of(base).0, super::civil::civil_of(last).0);
        let years = first_year.max(FIRST_YEAR)..=last_year.min(LAST_YEAR);
        let days = years.flat_map(|year| self.table(year).days.iter().map(|work| work.day));
        days.filter(|day| base < *day && *day <= last).take(most).collect()
    }
}

impl YearTable {
    fn worked_until(&self, at: i64) -> i64 {
        match self.spans.partition_point(|span| span.start < at).checked_sub(1).map(|index| self.spans[index])
        {
            Some(span) => span.before + at.min(span.end) - span.start,
            None => 0,
        }
    }
}

pub(crate) fn too_far() -> Problem {
    Problem::new("", codes::TOO_FAR).with("last", LAST_YEAR)
}
