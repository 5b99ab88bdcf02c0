//! The complaint plan's clocks from Friday 2026-09-18 16:30 over the make-up Sunday and the National Day holiday, with
//! every deadline computed by hand.

use heard_kernel::{
    Timestamp,
    calendar::DayMode,
    clock_policy::{Fact, Limit, Policy, State, stricter},
};

use crate::{at, named, sep, standing, working};

fn oct(day: i64, hour: i64, minute: i64) -> Timestamp {
    at("2026-10-01T00:00:00+08:00").plus_seconds((day - 1) * 86_400 + hour * 3_600 + minute * 60)
}

#[test]
fn every_stage_of_a_complaint_has_its_hand_computed_deadline() {
    let calendar = named("cn-workday");
    let days = |days, mode| Policy::new(Limit::WorkingDays { days, mode });
    let hours = |hours: i64| Policy::new(Limit::CalendarMinutes { minutes: hours * 60 });
    let received = sep(18, 16, 30);
    for (stage, policy, start, due) in [
        ("acknowledge, 1 h", hours(1), received, sep(18, 17, 30)),
        ("record, 1 working hour", working(60), received, sep(18, 17, 30)),
        // 16:30 to 18:00 is 90 minutes, 30 more from Sunday 09:00.
        ("classify, 2 working hours", working(120), received, sep(20, 9, 30)),
        // Sunday 20, Monday 21, Tuesday 22, Wednesday 23, Thursday 24 (Friday 25 is Mid-Autumn).
        ("product, 5 working days", days(5, DayMode::SameTime), received, sep(24, 16, 30)),
        ("service, 3 working days", days(3, DayMode::SameTime), received, sep(22, 16, 30)),
        ("account, 2 working days", days(2, DayMode::EndOfDay), received, sep(21, 18, 0)),
        // Solved on Wednesday 30 at 17:00: the next working days are Thursday 8 and Friday 9 October.
        ("tell, 1 working day", days(1, DayMode::SameTime), sep(30, 17, 0), oct(8, 17, 0)),
        ("tell, 24 h", hours(24), sep(30, 17, 0), oct(1, 17, 0)),
        // The follow-up runs over the make-up Saturday 10 October.
        ("follow up, 3 working days", days(3, DayMode::EndOfDay), sep(30, 17, 0), oct(10, 18, 0)),
        ("archive, 5 working days", days(5, DayMode::SameTime), oct(8, 10, 0), oct(14, 10, 0)),
    ] {
        let found = standing(&policy, &calendar, &[(start, Fact::Started)], start);
        assert_eq!((found.due, found.state), (Some(due), State::Running), "{stage}");
        assert!(found.doubts.is_empty(), "{stage}");
    }
    let told =
        |policy: &Policy| standing(policy, &calendar, &[(sep(30, 17, 0), Fact::Started)], sep(30, 17, 0));
    let (day, hours) = (told(&days(1, DayMode::SameTime)), told(&hours(24)));
    assert_eq!(stricter(&[&day, &hours]), Some(1), "the stricter of the two drives the alarm");
}
