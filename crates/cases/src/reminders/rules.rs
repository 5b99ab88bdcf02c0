//! When the next reminder comes. No storage.

use heard_kernel::{
    Result, Timestamp,
    calendar::{Calendar, Demand},
    clock_policy::Limit,
};

/// Intervals that are gone through one by one; of a stage that lasts longer the next is counted from now.
const MAX_STEPS: usize = 2_000;

/// The first instant after `now` of those that lie whole intervals after the beginning of the stage; none when the calendar
/// does not reach as far.
pub(super) fn next(
    every: Limit,
    calendar: &Calendar,
    begun: Timestamp,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let mut at = begun;
    for _ in 0..MAX_STEPS {
        match after(every, calendar, at)? {
            Some(next) if next > now => return Ok(Some(next)),
            // An interval that does not get on would be gone through for ever.
            Some(next) if next > at => at = next,
            _ => return Ok(None),
        }
    }
    after(every, calendar, now)
}

fn after(every: Limit, calendar: &Calendar, from: Timestamp) -> Result<Option<Timestamp>> {
    Ok(match every {
        Limit::WorkingMinutes { minutes } => calendar.due(from, Demand::WorkingMinutes { minutes }, &[])?,
        Limit::WorkingDays { days, mode } => calendar.due(from, Demand::WorkingDays { days, mode }, &[])?,
        Limit::CalendarMinutes { minutes } => Some(from.plus_seconds(minutes * 60)),
        Limit::Instant { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use heard_kernel::calendar::{Calendars, DayMode};

    use super::*;

    fn at(wall: &str) -> Timestamp {
        wall.parse().unwrap()
    }

    #[test]
    fn reminders_come_at_whole_intervals_of_working_time() {
        let calendars = Calendars::builtin();
        let calendar = calendars.get("cn-workday").unwrap();
        let every = Limit::WorkingDays { days: 1, mode: DayMode::SameTime };
        let begun = at("2026-09-23T10:00:00+08:00");
        let next = |now: &str| next(every, calendar, begun, at(now)).unwrap().unwrap();
        assert_eq!(next("2026-09-23T10:00:00+08:00"), at("2026-09-24T10:00:00+08:00"));
        assert_eq!(next("2026-09-24T10:00:00+08:00"), at("2026-09-28T10:00:00+08:00"), "over the holiday");
        assert_eq!(next("2026-09-28T18:00:00+08:00"), at("2026-09-29T10:00:00+08:00"));
    }

    #[test]
    fn an_interval_of_plain_time_and_a_stage_that_lasts_for_years() {
        let calendars = Calendars::builtin();
        let calendar = calendars.get("cn-workday").unwrap();
        let every = Limit::CalendarMinutes { minutes: 15 };
        let begun = at("2020-01-01T00:00:00Z");
        let next = |now: &str| next(every, calendar, begun, at(now)).unwrap().unwrap();
        assert_eq!(next("2020-01-01T00:20:00Z"), at("2020-01-01T00:30:00Z"));
        assert_eq!(next("2026-01-01T00:01:00Z"), at("2026-01-01T00:16:00Z"));
    }
}
