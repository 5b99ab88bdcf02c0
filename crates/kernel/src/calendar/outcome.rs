//! Calculations that say why: the deadline, the spans that counted, the pauses, the days that were special, and
//! what is uncertain about it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

use crate::Timestamp;

use super::{
    civil::{MINUTE, Weekday, civil_of, day_of},
    compiled::{Calendar, civil_date},
    days::{DayMode, DayReason},
    definition::Kind,
    problem::{Problem, codes},
    reckon::Opening,
};

/// The most minutes that are added: about 190 years.
pub(crate) const MAX_MINUTES: i64 = 100_000_000;
/// The most working days that are added.
pub(crate) const MAX_DAYS: u32 = 100_000;
const MAX_LISTED: usize = 1_000;
const MAX_NOTED: usize = 400;
const MAX_IDLE: usize = 20;

/// What a calculation is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "unit", rename_all = "snake_case")]
#[schema(as = ClockDemand)]
pub enum Demand {
    /// So much working time.
    WorkingMinutes {
        /// Minutes of working time.
        minutes: i64,
    },
    /// So many working days.
    WorkingDays {
        /// Working days.
        days: u32,
        /// How they are counted.
        #[serde(default)]
        mode: DayMode,
    },
}

/// A stretch in which a clock stands still; without an end it still does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pause {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Option<Timestamp>,
}

/// A stretch of working time that counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct CountedSpan {
    /// The day that it belongs to.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

/// What a pause did; overlapping pauses are one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct PauseEffect {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it; absent while it lasts.
    pub to: Option<Timestamp>,
    /// Working time that it kept from counting.
    #[serde(rename = "minutes", serialize_with = "as_minutes")]
    #[schema(value_type = f64)]
    pub millis: i64,
}

/// A day between start and end that is free, or worked for a reason other than the weekly shifts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct DayNote {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Its day of the week.
    pub weekday: Weekday,
    /// True when it is worked.
    pub worked: bool,
    /// Why.
    #[serde(flatten)]
    pub reason: DayReason,
}

/// A reason to doubt a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "warning", rename_all = "snake_case")]
#[schema(as = CalendarWarning)]
pub enum Warning {
    /// The official arrangement of this year is not known: only the weekly shifts were used.
    YearWithoutArrangement {
        /// The year.
        year: i32,
    },
    /// The arrangement of the following year, not yet known, may still change the last days of this one.
    YearEndMayChange {
        /// The year whose end it is.
        year: i32,
    },
    /// A make-up workday of the calendar has the shifts of a weekday that has none: it is free.
    MakeUpWithoutShifts {
        /// The day.
        #[schema(value_type = String, format = Date)]
        date: Date,
        /// The weekday whose shifts it was to have.
        #[serde(rename = "as")]
        as_weekday: Weekday,
    },
    /// The day of the deadline has other hours than the day of the start: the deadline lies outside them.
    DueOutsideWorkingTime,
}

/// A result and its reasons.
#[derive(Clone, PartialEq, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ClockOutcome)]
pub struct Outcome {
    /// Name of the calendar.
    pub calendar: String,
    /// Its time zone.
    pub time_zone: String,
    /// What was asked for; absent when time was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<Demand>,
    /// The start that was given.
    pub start: Timestamp,
    /// The start, moved to the next opening when it lies outside working time.
    pub opening: Option<Timestamp>,
    /// The deadline, or the end of what was measured; absent while a pause lasts.
    pub due: Option<Timestamp>,
    /// Working time from start to end outside the pauses.
    #[serde(rename = "minutes", serialize_with = "as_minutes")]
    #[schema(value_type = f64)]
    pub millis: i64,
    /// The working time that counted.
    pub counted: Vec<CountedSpan>,
    /// How many more spans counted than are listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub counted_omitted: usize,
    /// The working days that counted, when days were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub days: Vec<Date>,
    /// Days that are free or special.
    pub notes: Vec<DayNote>,
    /// The pauses that mattered.
    pub pauses: Vec<PauseEffect>,
    /// Reasons for doubt.
    pub warnings: Vec<Warning>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn as_minutes<S: Serializer>(millis: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    minutes(*millis).serialize(serializer)
}

/// Minutes as a JSON number, whole where they are.
pub(crate) fn minutes(millis: i64) -> serde_json::Number {
    if millis % MINUTE == 0 {
        return (millis / MINUTE).into();
    }
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of 500 years fit")]
    let exact = millis as f64 / MINUTE as f64;
    serde_json::Number::from_f64(exact).unwrap_or_else(|| (millis / MINUTE).into())
}

pub(crate) type Stretch = (i64, Option<i64>);

/// A calculation without its reasons.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reckoned {
    pub(crate) opening: Opening,
    /// From when working time counts.
    pub(crate) from: i64,
    /// The working time that leads to the deadline.
    pub(crate) need: i64,
    pub(crate) due: Option<i64>,
}

impl Calendar {
    /// The earliest instant at which so many working minutes have elapsed.
    pub fn add_working_minutes(&self, start: Timestamp, minutes: i64) -> Result<Outcome, Problem> {
        self.clock_with_pauses(start, Demand::WorkingMinutes { minutes }, &[])
    }

    /// The instant so many working days after the start.
    pub fn add_working_days(&self, start: Timestamp, days: u32, mode: DayMode) -> Result<Outcome, Problem> {
        self.clock_with_pauses(start, Demand::WorkingDays { days, mode }, &[])
    }

    /// The working time from start to end.
    pub fn working_minutes_between(&self, start: Timestamp, end: Timestamp) -> Result<Outcome, Problem> {
        self.measure(start, end, &[])
    }

    /// The working time from start to end outside the pauses.
    pub fn measure(&self, start: Timestamp, end: Timestamp, pauses: &[Pause]) -> Result<Outcome, Problem> {
        Self::check_instant(start.millis(), "start")?;
        Self::check_instant(end.millis(), "end")?;
        if end < start {
            return Err(Problem::new("end", codes::END_BEFORE_START));
        }
        let stretches = merge(pauses)?;
        Ok(self.explain(None, start.millis(), Some(end.millis()), &stretches))
    }

    /// Milliseconds of working time from `start` to `end`, without reasons; 0 when `end` is not later.
    pub fn working_time(&self, start: Timestamp, end: Timestamp) -> i64 {
        self.worked(start.millis(), end.millis())
    }

    /// The deadline of a clock that stands still during the pauses. With days, the working time that the pauses took
    /// from the days is added behind them.
    pub fn clock_with_pauses(
        &self,
        start: Timestamp,
        demand: Demand,
        pauses: &[Pause],
    ) -> Result<Outcome, Problem> {
        let stretches = merge(pauses)?;
        let reckoned = self.reckon(start.millis(), demand, &stretches)?;
        Ok(self.explain(Some((demand, reckoned)), start.millis(), reckoned.due, &stretches))
    }

    /// The deadline alone, without reasons. `None` while an open pause holds it up.
    pub fn due(
        &self,
        start: Timestamp,
        demand: Demand,
        pauses: &[Pause],
    ) -> Result<Option<Timestamp>, Problem> {
        let due = self.reckon(start.millis(), demand, &merge(pauses)?)?.due;
        Ok(due.map(Timestamp::from_millis))
    }

    pub(crate) fn reckon(&self, start: i64, demand: Demand, pauses: &[Stretch]) -> Result<Reckoned, Problem> {
        Self::check_instant(start, "start")?;
        let opening = self.opening(start)?;
        let (from, need, plain) = self.need(start, opening, demand)?;
        let due = match plain {
            Some(due) if self.lost(from, due, pauses) == 0 => Some(due),
            None if pauses.is_empty() => Some(self.elapse(opening, need)?),
            _ => self.elapse_with(from, need, pauses)?,
        };
        Ok(Reckoned { opening, from, need, due })
    }

    /// From when a demand counts, the working time that it stands for, and for days the deadline without pauses.
    fn need(&self, start: i64, opening: Opening, demand: Demand) -> Result<(i64, i64, Option<i64>), Problem> {
        match demand {
            Demand::WorkingMinutes { minutes } if (0..=MAX_MINUTES).contains(&minutes) => {
                Ok((start, minutes * MINUTE, None))
            }
            Demand::WorkingDays { days, mode } if days <= MAX_DAYS => {
                let due = self.days_after(start, days, mode)?.0;
                let uncounted = mode == DayMode::EndOfDay && days > 0;
                let from =
                    if uncounted { self.close_of(self.base_day(start, opening)).max(start) } else { start };
                Ok((from, self.worked(from, due), Some(due)))
            }
            Demand::WorkingMinutes { .. } => Err(amount("minutes", MAX_MINUTES)),
            Demand::WorkingDays { .. } => Err(amount("days", i64::from(MAX_DAYS))),
        }
    }

    fn lost(&self, from: i64, to: i64, pauses: &[Stretch]) -> i64 {
        if pauses.is_empty() { 0 } else { self.worked(from, to) - self.worked_with(from, to, pauses) }
    }

    pub(crate) fn explain(
        &self,
        asked: Option<(Demand, Reckoned)>,
        start: i64,
        due: Option<i64>,
        pauses: &[Stretch],
    ) -> Outcome {
        let from = asked.map_or(start, |(_, reckoned)| reckoned.from);
        // While a pause lasts, what counts ends where it began.
        let open = pauses.last().filter(|(_, to)| to.is_none()).map(|(begun, _)| *begun);
        let end = due.or(open).unwrap_or(start).max(start);
        let (counted, counted_omitted) = self.counted(from, end, pauses);
        let applied = |&(begun, to): &Stretch| {
            let matters = (begun < end || to.is_none()) && to.is_none_or(|to| to > from);
            matters.then(|| PauseEffect {
                from: Timestamp::from_millis(begun),
                to: to.map(Timestamp::from_millis),
                millis: self.worked(begun.max(from), to.unwrap_or(end).min(end)),
            })
        };
        let touched = last_touched(asked.map(|(demand, _)| demand), start, end);
        let mut warnings = self.doubts(start, touched);
        if let (Some((Demand::WorkingDays { mode: DayMode::SameTime, .. }, _)), Some(due)) = (asked, due)
            && self.opening(due).is_ok_and(|next| next.at != due)
            && self.opening(due - 1).is_ok_and(|next| next.at != due - 1)
        {
            warnings.push(Warning::DueOutsideWorkingTime);
        }
        Outcome {
            calendar: self.name().to_owned(),
            time_zone: self.time_zone().to_owned(),
            demand: asked.map(|(demand, _)| demand),
            start: Timestamp::from_millis(start),
            opening: asked.map(|(_, reckoned)| Timestamp::from_millis(reckoned.opening.at)),
            due: due.map(Timestamp::from_millis),
            millis: self.worked_with(from, end, pauses),
            counted,
            counted_omitted,
            days: asked
                .map(|(demand, reckoned)| self.days_counted(start, demand, reckoned))
                .unwrap_or_default(),
            notes: self.notes(start, touched),
            pauses: pauses.iter().filter_map(applied).collect(),
            warnings,
        }
    }

    fn days_counted(&self, start: i64, demand: Demand, reckoned: Reckoned) -> Vec<Date> {
        let Demand::WorkingDays { mode, days } = demand else { return Vec::new() };
        let base = if mode == DayMode::SameTime {
            reckoned.opening.day
        } else {
            self.base_day(start, reckoned.opening)
        };
        let last = self.days_after(start, days, mode).map_or(base, |(_, day)| day);
        self.days_between(base, last, MAX_NOTED).into_iter().map(civil_date).collect()
    }

    /// The working time from start to end outside the pauses, piece by piece.
    fn counted(&self, start: i64, end: i64, pauses: &[Stretch]) -> (Vec<CountedSpan>, usize) {
        let (mut list, mut omitted) = (Vec::with_capacity(16), 0);
        let mut pauses = pauses.iter().copied().peekable();
        let mut put = |day: i32, from: i64, to: i64| {
            let (from, to) = (Timestamp::from_millis(from), Timestamp::from_millis(to));
            let full = list.len() >= MAX_LISTED;
            match list.last_mut() {
                Some(CountedSpan { to: end, .. }) if self.rules.kind == Kind::AlwaysOpen && *end == from => {
                    *end = to;
                }
                _ if full => omitted += 1,
                _ => list.push(CountedSpan { date: civil_date(day), from, to }),
            }
        };
        let Ok(first) = self.opening(start) else { return (list, omitted) };
        for year in civil_of(first.day).0..=super::compiled::LAST_YEAR {
            let table = self.table(year);
            for span in &table.spans[table.spans.partition_point(|span| span.end <= start)..] {
                let (mut from, to) = (span.start.max(start), span.end.min(end));
                if from >= end {
                    return (list, omitted);
                }
                while let Some(&(pause, back)) = pauses.peek().filter(|(pause, _)| *pause < to) {
                    if pause > from {
                        put(span.day, from, pause);
                    }
                    from = from.max(back.unwrap_or(i64::MAX));
                    if from >= to {
                        break;
                    }
                    pauses.next();
                }
                if from < to {
                    put(span.day, from, to);
                }
            }
        }
        (list, omitted)
    }

    fn notes(&self, start: i64, end: i64) -> Vec<DayNote> {
        if self.rules.kind == Kind::AlwaysOpen {
            return Vec::new();
        }
        let (first, last) = (self.civil_day(start), self.civil_day(end));
        let mut notes = Vec::new();
        for day in (first..=last).take(4 * MAX_NOTED) {
            let (worked, reason) = (!self.rules.spans(day).is_empty(), self.rules.reason(day));
            if (!worked || reason != DayReason::Weekly) && notes.len() < MAX_NOTED {
                notes.push(DayNote { date: civil_date(day), weekday: Weekday::of(day), worked, reason });
            }
        }
        notes
    }

    /// What is uncertain about a result between two instants, for want of an arrangement or of shifts.
    pub(crate) fn doubts(&self, start: i64, end: i64) -> Vec<Warning> {
        let (first, last) = (self.civil_day(start), self.civil_day(end));
        let idle = self.rules.idle_make_up(first, last).take(MAX_IDLE);
        let mut warnings: Vec<_> = idle
            .map(|(day, as_weekday)| Warning::MakeUpWithoutShifts { date: civil_date(day), as_weekday })
            .collect();
        let Some(arrangement) = &self.rules.arrangement else { return warnings };
        for year in civil_of(first).0..=civil_of(last).0 {
            if !arrangement.covers(year) {
                warnings.push(Warning::YearWithoutArrangement { year });
            } else if !arrangement.covers(year + 1) && last >= day_of(year, 12, 28) {
                warnings.push(Warning::YearEndMayChange { year });
            }
        }
        warnings
    }
}

/// The last instant that a result between two others rests on. One at the end of what counted does not touch the day that
/// begins there; one at the same time of day does.
pub(crate) fn last_touched(demand: Option<Demand>, start: i64, end: i64) -> i64 {
    let closes = match demand {
        Some(Demand::WorkingDays { mode, .. }) => mode == DayMode::EndOfDay,
        Some(Demand::WorkingMinutes { minutes }) => minutes > 0,
        None => true,
    };
    if closes && end > start { end - 1 } else { end }
}

/// Sorts the pauses and joins those that overlap or touch.
pub(crate) fn merge(pauses: &[Pause]) -> Result<Vec<Stretch>, Problem> {
    let mut sorted = Vec::with_capacity(pauses.len());
    for (index, pause) in pauses.iter().enumerate() {
        if pause.to.is_some_and(|to| to < pause.from) {
            return Err(Problem::new(format!("pauses[{index}]"), codes::PAUSE_REVERSED));
        }
        if pause.to != Some(pause.from) {
            sorted.push((pause.from.millis(), pause.to.map(Timestamp::millis)));
        }
    }
    sorted.sort_by_key(|(from, _)| *from);
    let mut merged: Vec<Stretch> = Vec::with_capacity(sorted.len());
    for (from, to) in sorted {
        match merged.last_mut() {
            Some((_, None)) => break,
            Some((_, Some(end))) if from <= *end => {
                let end = to.map(|to| to.max(*end));
                if let Some(last) = merged.last_mut() {
                    last.1 = end;
                }
            }
            _ => merged.push((from, to)),
        }
    }
    Ok(merged)
}

pub(crate) fn amount(field: &str, max: i64) -> Problem {
    Problem::new(field, codes::AMOUNT_INVALID).with("field", field).with("max", max)
}
