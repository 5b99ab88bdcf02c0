//! The conventions, one by one, against values computed by hand.

use heard_kernel::{
    Locale, Timestamp,
    calendar::{Calendar, DayMode, Demand, Outcome, Pause, Warning, codes},
};

use crate::{at, compile, local, named};

fn minutes(calendar: &Calendar, start: &str, minutes: i64) -> String {
    local(calendar, calendar.add_working_minutes(at(start), minutes).unwrap().due.unwrap())
}

fn days(calendar: &Calendar, start: &str, days: u32, mode: DayMode) -> String {
    local(calendar, calendar.add_working_days(at(start), days, mode).unwrap().due.unwrap())
}

#[test]
fn eight_hours_from_a_friday_reach_the_make_up_sunday() {
    let friday = "2026-09-18T17:00:00+08:00";
    assert_eq!(minutes(&named("cn-office-9-18"), friday, 480), "2026-09-20 16:00");
    assert_eq!(minutes(&named("cn-workday"), friday, 480), "2026-09-20 17:00");
}

#[test]
fn spans_are_half_open_and_results_stay_on_closing_time() {
    let calendar = named("cn-workday");
    for (start, count, due) in [
        ("2026-09-21T09:00:00+08:00", 480, "2026-09-21 18:00"),
        ("2026-09-21T18:00:00+08:00", 0, "2026-09-22 09:00"),
        ("2026-09-21T18:00:00+08:00", 1, "2026-09-22 09:01"),
        ("2026-09-21T12:00:00+08:00", 0, "2026-09-21 13:00"),
        ("2026-09-21T09:00:00+08:00", 180, "2026-09-21 12:00"),
        ("2026-09-21T09:00:00+08:00", 181, "2026-09-21 13:01"),
        ("2026-09-21T03:00:00+08:00", 60, "2026-09-21 10:00"),
        ("2026-09-30T17:30:00+08:00", 31, "2026-10-08 09:01"),
        ("2026-09-24T17:00:00+08:00", 60 + 480, "2026-09-28 18:00"),
    ] {
        assert_eq!(minutes(&calendar, start, count), due, "{start} + {count}");
    }
}

#[test]
fn working_days_at_the_same_time_or_at_the_end_of_the_day() {
    let calendar = named("cn-workday");
    use DayMode::{EndOfDay, SameTime};
    for (start, count, mode, due) in [
        ("2026-09-18T16:30:00+08:00", 1, SameTime, "2026-09-20 16:30"),
        ("2026-09-18T16:30:00+08:00", 5, SameTime, "2026-09-24 16:30"),
        ("2026-09-18T16:30:00+08:00", 5, EndOfDay, "2026-09-24 18:00"),
        ("2026-09-30T10:00:00+08:00", 3, SameTime, "2026-10-10 10:00"),
        ("2026-09-19T11:00:00+08:00", 1, SameTime, "2026-09-21 09:00"),
        ("2026-09-19T11:00:00+08:00", 1, EndOfDay, "2026-09-20 18:00"),
        ("2026-09-18T20:00:00+08:00", 1, SameTime, "2026-09-21 09:00"),
        ("2026-09-18T20:00:00+08:00", 1, EndOfDay, "2026-09-20 18:00"),
        ("2026-09-18T12:30:00+08:00", 2, SameTime, "2026-09-21 13:00"),
        ("2026-09-18T12:30:00+08:00", 0, SameTime, "2026-09-18 13:00"),
        ("2026-09-18T12:30:00+08:00", 0, EndOfDay, "2026-09-18 18:00"),
    ] {
        assert_eq!(days(&calendar, start, count, mode), due, "{start} + {count} {mode:?}");
    }
}

#[test]
fn a_span_past_midnight_belongs_to_the_day_it_starts_on() {
    let night = compile(r#"{"name":"night","tz":"Asia/Shanghai","week":{"mon-thu":["22:00-06:00"]}}"#);
    // Tuesday 02:00 is Monday's shift.
    let start = "2026-11-03T02:00:00+08:00";
    assert_eq!(days(&night, start, 1, DayMode::SameTime), "2026-11-04 02:00");
    assert_eq!(days(&night, start, 1, DayMode::EndOfDay), "2026-11-04 06:00");
    assert_eq!(days(&night, start, 3, DayMode::SameTime), "2026-11-06 02:00");
    assert_eq!(days(&night, start, 4, DayMode::SameTime), "2026-11-10 02:00");
    assert_eq!(minutes(&night, "2026-11-06T05:00:00+08:00", 61), "2026-11-09 22:01");
    let holiday = r#"{"name":"night","holidays":["2026-11-03"],"week":{"mon-thu":["22:00-06:00"]}}"#;
    let counted = compile(holiday).add_working_minutes(at("2026-11-02T23:00:00+08:00"), 8 * 60).unwrap();
    assert_eq!(
        local(&night, counted.due.unwrap()),
        "2026-11-04 23:00",
        "Tuesday is free but Monday's night counts"
    );
    assert_eq!(counted.counted[0].date.to_string(), "2026-11-02");
}

#[test]
fn around_the_clock_counts_every_day() {
    let calendar = named("24x7");
    assert_eq!(minutes(&calendar, "2026-09-30T23:00:00+08:00", 1_440), "2026-10-01 23:00");
    assert_eq!(days(&calendar, "2026-09-30T23:00:00+08:00", 7, DayMode::SameTime), "2026-10-07 23:00");
    assert_eq!(days(&calendar, "2026-09-30T23:00:00+08:00", 1, DayMode::EndOfDay), "2026-10-02 00:00");
    let outcome = calendar.add_working_minutes(at("2026-09-30T23:00:00+08:00"), 50_000).unwrap();
    assert_eq!((outcome.counted.len(), outcome.notes.len(), outcome.warnings.len()), (1, 0, 0));
}

#[test]
fn clocks_that_skip_and_repeat_hours_count_what_passes() {
    let night = compile(r#"{"name":"n","tz":"America/New_York","week":{"mon-sun":["22:00-06:00"]}}"#);
    let length =
        |from: &str, to: &str| night.working_minutes_between(at(from), at(to)).unwrap().millis / 60_000;
    assert_eq!(length("2026-03-07T22:00:00-05:00", "2026-03-08T06:00:00-04:00"), 7 * 60);
    assert_eq!(length("2026-10-31T22:00:00-04:00", "2026-11-01T06:00:00-05:00"), 9 * 60);
    let skipped = compile(r#"{"name":"s","tz":"America/New_York","week":{"mon-sun":["02:15-02:45"]}}"#);
    let due = skipped.add_working_minutes(at("2026-03-07T12:00:00-05:00"), 10).unwrap().due.unwrap();
    assert_eq!(local(&skipped, due), "2026-03-09 02:25", "on the 8th the clock never shows 02:15");
    let repeated = compile(r#"{"name":"r","tz":"America/New_York","week":{"mon-sun":["01:15-01:45"]}}"#);
    let span =
        repeated.working_minutes_between(at("2026-11-01T00:00:00-04:00"), at("2026-11-01T12:00:00-05:00"));
    assert_eq!(span.unwrap().millis / 60_000, 60, "the clock shows 01:15 to 01:45 twice");
    let apia = compile(r#"{"name":"a","tz":"Pacific/Apia","week":{"mon-sun":["09:00-10:00"]}}"#);
    let due =
        apia.add_working_days(at("2011-12-29T09:30:00-10:00"), 1, DayMode::SameTime).unwrap().due.unwrap();
    assert_eq!(local(&apia, due), "2011-12-31 09:30", "the 30th did not exist");
}

fn pause(from: &str, to: Option<&str>) -> Pause {
    Pause { from: at(from), to: to.map(at) }
}

fn clock(calendar: &Calendar, start: &str, demand: Demand, pauses: &[Pause]) -> Outcome {
    calendar.clock_with_pauses(at(start), demand, pauses).unwrap()
}

#[test]
fn overlapping_pauses_count_once() {
    let calendar = named("cn-workday");
    let pauses = [
        pause("2026-09-21T10:00:00+08:00", Some("2026-09-21T11:00:00+08:00")),
        pause("2026-09-21T10:30:00+08:00", Some("2026-09-21T14:00:00+08:00")),
        pause("2026-09-21T19:00:00+08:00", Some("2026-09-21T20:00:00+08:00")),
        pause("2026-09-21T15:00:00+08:00", Some("2026-09-21T15:00:00+08:00")),
    ];
    let outcome =
        clock(&calendar, "2026-09-21T09:00:00+08:00", Demand::WorkingMinutes { minutes: 360 }, &pauses);
    assert_eq!(local(&calendar, outcome.due.unwrap()), "2026-09-22 10:00");
    assert_eq!(outcome.pauses.iter().map(|pause| pause.millis / 60_000).collect::<Vec<_>>(), [180, 0]);
    assert_eq!(outcome.millis / 60_000, 360);
}

#[test]
fn an_open_pause_holds_the_deadline_only_when_it_comes_before_it() {
    let calendar = named("cn-workday");
    let open = [pause("2026-09-21T10:00:00+08:00", None)];
    let demand = |minutes| Demand::WorkingMinutes { minutes };
    let held = clock(&calendar, "2026-09-21T09:00:00+08:00", demand(61), &open);
    assert_eq!((held.due, held.millis / 60_000), (None, 60));
    let reached = clock(&calendar, "2026-09-21T09:00:00+08:00", demand(60), &open);
    assert_eq!(local(&calendar, reached.due.unwrap()), "2026-09-21 10:00");
}

#[test]
fn pauses_push_working_days_by_the_working_time_that_they_took() {
    let calendar = named("cn-workday");
    let (same, end) = (DayMode::SameTime, DayMode::EndOfDay);
    let weekend = [pause("2026-09-19T00:00:00+08:00", Some("2026-09-20T00:00:00+08:00"))];
    let day = [pause("2026-09-21T10:00:00+08:00", Some("2026-09-22T10:00:00+08:00"))];
    for (mode, pauses, due) in [
        (same, &weekend, "2026-09-24 16:30"),
        (end, &weekend, "2026-09-24 18:00"),
        (same, &day, "2026-09-28 16:30"),
        (end, &day, "2026-09-28 18:00"),
    ] {
        let demand = Demand::WorkingDays { days: 5, mode };
        let outcome = clock(&calendar, "2026-09-18T16:30:00+08:00", demand, pauses);
        assert_eq!(local(&calendar, outcome.due.unwrap()), due, "{mode:?}");
    }
}

#[test]
fn a_deadline_on_a_shorter_day_is_marked() {
    let calendar = compile(
        r#"{"name":"x","week":{"mon-fri":["09:00-18:00"]},"exceptions":[{"date":"2026-11-04","spans":["09:00-12:00"]}]}"#,
    );
    let outcome = calendar.add_working_days(at("2026-11-03T17:00:00+08:00"), 1, DayMode::SameTime).unwrap();
    assert_eq!(local(&calendar, outcome.due.unwrap()), "2026-11-04 17:00");
    assert_eq!(outcome.warnings, [Warning::DueOutsideWorkingTime]);
}

#[test]
fn searches_end() {
    let once = compile(r#"{"name":"once","exceptions":[{"date":"2026-11-04","spans":["09:00-12:00"]}]}"#);
    assert_eq!(minutes(&once, "2020-01-01T00:00:00Z", 180), "2026-11-04 12:00");
    let start = at("2026-11-04T09:00:00+08:00");
    assert_eq!(once.add_working_minutes(start, 181).unwrap_err().code, codes::TOO_FAR);
    assert_eq!(once.add_working_days(start, 1, DayMode::EndOfDay).unwrap_err().code, codes::TOO_FAR);
    assert_eq!(once.add_working_minutes(at("2026-11-05T00:00:00Z"), 1).unwrap_err().code, codes::TOO_FAR);
    let calendar = named("cn-workday");
    assert_eq!(calendar.add_working_minutes(start, 100_000_000).unwrap_err().code, codes::TOO_FAR);
    assert_eq!(calendar.add_working_minutes(start, -1).unwrap_err().code, codes::AMOUNT_INVALID);
    assert_eq!(calendar.add_working_minutes(start, i64::MAX).unwrap_err().code, codes::AMOUNT_INVALID);
    for far in [Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX)] {
        assert_eq!(calendar.add_working_minutes(far, 1).unwrap_err().code, codes::INSTANT_OUT_OF_RANGE);
    }
    assert_eq!(
        calendar.working_minutes_between(start, at("2026-11-04T00:00:00Z")).unwrap_err().code,
        codes::END_BEFORE_START
    );
}

#[test]
fn a_pause_on_the_uncounted_day_of_the_start_changes_nothing() {
    let calendar = named("cn-workday");
    let pauses = [pause("2026-09-21T10:00:00+08:00", Some("2026-09-21T17:00:00+08:00"))];
    let demand = Demand::WorkingDays { days: 1, mode: DayMode::EndOfDay };
    let outcome = clock(&calendar, "2026-09-21T09:00:00+08:00", demand, &pauses);
    assert_eq!(local(&calendar, outcome.due.unwrap()), "2026-09-22 18:00");
    assert_eq!((outcome.millis / 60_000, outcome.pauses.len(), outcome.counted.len()), (480, 0, 2));
}

#[test]
fn a_result_explains_itself_in_both_languages() {
    let calendar = named("cn-office-9-18");
    let outcome = calendar.add_working_minutes(at("2026-09-18T17:00:00+08:00"), 480).unwrap();
    assert_eq!(
        outcome.words(&calendar, Locale::ZhCn),
        [
            "日历“cn-office-9-18”，时区 Asia/Shanghai。",
            "开始：2026年9月18日（周五）17:00。",
            "时限：8 小时的工作时间。",
            "计入 2026年9月18日（周五）：17:00–18:00，共 1 小时。",
            "计入 2026年9月20日（周日），调休上班，补2026年10月6日，按周二班次：09:00–16:00，共 7 小时。",
            "不计 2026年9月19日（周六）：每周休息日。",
            "到期：2026年9月20日（周日）16:00（计入工作时间 8 小时）。",
        ]
    );
    let pauses = [pause("2026-12-25T10:00:00+08:00", Some("2026-12-25T11:30:00+08:00"))];
    let demand = Demand::WorkingDays { days: 5, mode: DayMode::EndOfDay };
    let outcome = clock(&calendar, "2026-12-24T07:00:00+08:00", demand, &pauses);
    assert_eq!(
        outcome.words(&calendar, Locale::En),
        [
            "Calendar \"cn-office-9-18\", time zone Asia/Shanghai.",
            "Start: Thu 24 Dec 2026 07:00.",
            "The start lies outside working time and moves to the next opening: Thu 24 Dec 2026 09:00.",
            "Limit: 5 working days, not counting the day of the start, at the close of the last.",
            "Counted on Fri 25 Dec 2026: 09:00–10:00, 11:30–18:00, 7 h 30 min.",
            "Counted on Mon 28 Dec 2026: 09:00–18:00, 9 h.",
            "Counted on Tue 29 Dec 2026: 09:00–18:00, 9 h.",
            "Counted on Wed 30 Dec 2026: 09:00–18:00, 9 h.",
            "Counted on Thu 31 Dec 2026: 09:00–18:00, 9 h.",
            "Counted on Fri 1 Jan 2027: 09:00–10:30, 1 h 30 min.",
            "Not counted: Sat 26 Dec 2026 to Sun 27 Dec 2026 (weekly day off).",
            "Paused Fri 25 Dec 2026 10:00 to Fri 25 Dec 2026 11:30: 1 h 30 min of working time not counted.",
            "Due: Fri 1 Jan 2027 10:30 (45 h of working time).",
            "The arrangement of 2027 is not loaded and may still change the last days of 2026.",
            "The holiday arrangement of 2027 is not loaded: only weekly shifts were used; the result is computed again once it is.",
        ]
    );
    assert_eq!(outcome.words(&calendar, Locale::ZhCn).len(), 15);
}

#[test]
fn the_days_of_an_explanation_add_up_also_within_a_second() {
    let calendar = named("cn-workday");
    let outcome = calendar.add_working_minutes(at("2026-09-18T16:30:19.716+08:00"), 120).unwrap();
    let words = outcome.words(&calendar, Locale::En);
    assert_eq!(words[3], "Counted on Fri 18 Sep 2026: 16:30:19–18:00, 1 h 29 min 41 s.");
    assert!(words[4].ends_with(": 09:00–09:30:19, 30 min 19 s."), "{}", words[4]);
    assert_eq!(words.last().unwrap(), "Due: Sun 20 Sep 2026 09:30:19 (2 h of working time).");
}
