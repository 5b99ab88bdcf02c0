//! Whether somebody is there now, and when that changes.

use std::sync::Arc;

use heard_kernel::{
    Error, REQUIRED, Result, Timestamp,
    calendar::{Calendar, Calendars, Definition, SpanText},
};
use heard_platform::calendars::{Use, UseSource};
use heard_runtime::LocalFuture;
use heard_store::Tx;
use serde::Serialize;

use super::{
    model::{Hours, HoursMode, Span},
    store,
};

/// The calendar of the hours; none when somebody is always there. Complaints stand under `hours`.
pub(super) fn calendar(hours: &Hours, known: &Calendars) -> Result<Option<Arc<Calendar>>> {
    match hours.mode {
        HoursMode::Always => Ok(None),
        HoursMode::Custom => weekly(hours, known).map(Some),
        HoursMode::Calendar => {
            let name = hours.calendar.as_deref().filter(|name| !name.is_empty());
            let name = name.ok_or_else(|| Error::field("hours.calendar", REQUIRED))?;
            let found = known.get(name).map_err(|mut problem| {
                "hours.calendar".clone_into(&mut problem.path);
                problem
            })?;
            Ok(Some(Arc::clone(found)))
        }
    }
}

fn weekly(hours: &Hours, known: &Calendars) -> Result<Arc<Calendar>> {
    let week = &hours.week;
    let days = [
        ("mon", &week.mon),
        ("tue", &week.tue),
        ("wed", &week.wed),
        ("thu", &week.thu),
        ("fri", &week.fri),
        ("sat", &week.sat),
        ("sun", &week.sun),
    ];
    let spans = |spans: &[Span]| {
        spans.iter().map(|Span(from, to)| SpanText(format!("{from}-{to}"))).collect::<Vec<_>>()
    };
    let definition = Definition {
        name: "hours".to_owned(),
        time_zone: hours.time_zone.clone(),
        arrangement: hours.chinese_calendar.then(|| "cn".to_owned()),
        week: days.into_iter().map(|(day, list)| (day.to_owned(), spans(list))).collect(),
        ..Definition::default()
    };
    let compiled = definition.compile(known.arrangements());
    Ok(Arc::new(compiled.map_err(|problems| problems.below("hours"))?))
}

/// Tells which inboxes keep the hours of a calendar.
pub(super) struct Uses;

impl UseSource for Uses {
    fn uses<'a>(&'a self, tx: &'a Tx<'a>, name: &'a str) -> LocalFuture<'a, Vec<Use>> {
        Box::pin(async move {
            let inboxes = store::all(tx).await?.into_iter().filter(|inbox| {
                let hours = &inbox.config.hours;
                hours.mode == HoursMode::Calendar && hours.calendar.as_deref() == Some(name)
            });
            let told =
                inboxes.map(|inbox| Use { kind: "inbox".to_owned(), id: Some(inbox.id.0), name: inbox.name });
            Ok(told.collect())
        })
    }
}

/// Whether somebody is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct OpenNow {
    /// Somebody is there.
    pub open: bool,
    /// When that changes; absent when it does not within a year.
    #[schema(required = true)]
    pub next_change_at: Option<Timestamp>,
}

/// The longest that is looked ahead.
const AHEAD_MILLIS: i64 = 366 * 24 * 3_600_000;

/// Whether somebody is there at an instant. Hours that cannot be read, which settings never hold, count as open.
pub fn open_at(hours: &Hours, known: &Calendars, now: Timestamp) -> OpenNow {
    let Ok(Some(calendar)) = calendar(hours, known) else {
        return OpenNow { open: true, next_change_at: None };
    };
    let worked = |millis: i64| calendar.working_time(now, now.plus_millis(millis));
    let open = worked(1) > 0;
    let changed = |millis: i64| if open { worked(millis) < millis } else { worked(millis) > 0 };
    if !changed(AHEAD_MILLIS) {
        return OpenNow { open, next_change_at: None };
    }
    // Once it has changed it counts as changed for every longer span, so the change can be searched by halves.
    let (mut same, mut different) = (1, AHEAD_MILLIS);
    while different - same > 1 {
        let middle = same + (different - same) / 2;
        if changed(middle) {
            different = middle;
        } else {
            same = middle;
        }
    }
    OpenNow { open, next_change_at: Some(now.plus_millis(same)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(at: &str) -> (bool, Option<String>) {
        let hours = Hours { mode: HoursMode::Custom, ..Hours::default() };
        let found = open_at(&hours, &Calendars::builtin(), at.parse().unwrap());
        let next = found.next_change_at.map(|at| at.to_jiff().in_tz("Asia/Shanghai").unwrap());
        (found.open, next.map(|at| at.strftime("%m-%d %H:%M").to_string()))
    }

    #[test]
    fn the_next_change_is_found_to_the_minute() {
        assert_eq!(open("2026-09-18T16:30:00+08:00"), (true, Some("09-18 18:00".to_owned())));
        assert_eq!(open("2026-09-18T18:00:00+08:00"), (false, Some("09-20 09:00".to_owned())));
        assert_eq!(open("2026-09-18T08:59:59.999+08:00"), (false, Some("09-18 09:00".to_owned())));
    }

    #[test]
    fn holidays_and_make_up_days_hold() {
        // National Day 2026 lasts from 1 to 7 October; Saturday the 10th is worked.
        assert_eq!(open("2026-10-01T10:00:00+08:00"), (false, Some("10-08 09:00".to_owned())));
        assert!(open("2026-10-10T10:00:00+08:00").0);
    }

    #[test]
    fn around_the_clock_never_changes() {
        let now = Timestamp::from_millis(0);
        let known = Calendars::builtin();
        assert_eq!(open_at(&Hours::default(), &known, now), OpenNow { open: true, next_change_at: None });
        let never = Hours { mode: HoursMode::Custom, week: Default::default(), ..Hours::default() };
        assert!(calendar(&never, &known).is_err(), "hours without any span are refused");
    }

    #[test]
    fn hours_follow_a_working_calendar() {
        let known = Calendars::builtin();
        let by = |name: Option<&str>| Hours {
            mode: HoursMode::Calendar,
            calendar: name.map(str::to_owned),
            ..Hours::default()
        };
        let lunch = "2026-09-18T12:30:00+08:00".parse().unwrap();
        assert!(!open_at(&by(Some("cn-workday")), &known, lunch).open);
        assert!(open_at(&by(Some("cn-office-9-18")), &known, lunch).open);
        assert_eq!(
            calendar(&by(Some("none")), &known).unwrap_err().field_errors()[0].field,
            "hours.calendar"
        );
        assert_eq!(calendar(&by(None), &known).unwrap_err().field_errors()[0].code, REQUIRED);
    }
}
