//! Each rule of the state machine by itself.

use heard_kernel::{
    Locale, Timestamp,
    calendar::{DayMode, Warning},
    clock_policy::{Fact, Limit, PauseReason, Policy, State, Terms, Verdict, combined_verdict, stricter},
};

use crate::{named, sep, standing, working};

use Fact::{Breached, Cancelled, CustomerMessage, Fulfilled, Paused, Reopened, Resumed, Started};
use PauseReason::{Customer, ThirdParty};

/// Monday 2026-09-21 09:00 and four working hours: due 14:00, marks at 11:00, 13:12 (lunch from 12 to 13) and 14:00.
const START: (i64, i64, i64) = (21, 9, 0);

fn start() -> Timestamp {
    sep(START.0, START.1, START.2)
}

fn after(facts: &[(Timestamp, Fact<'_>)], now: Timestamp) -> heard_kernel::clock_policy::Assessment {
    standing(&working(240), &named("cn-workday"), facts, now)
}

#[test]
fn a_clock_runs_warns_and_breaks() {
    let states = |facts: &[(Timestamp, Fact<'_>)], now| {
        let found = after(facts, now);
        (found.state, found.verdict, found.breached_at)
    };
    let running = [(start(), Started)];
    let due = sep(21, 14, 0);
    let ms = |at: Timestamp| at.plus_millis(1);
    for (now, state, late) in [
        (sep(21, 8, 59), State::NotStarted, None),
        (start(), State::Running, None),
        (sep(21, 10, 59), State::Running, None),
        (sep(21, 11, 0), State::Warning, None),
        (due, State::Warning, None),
        (ms(due), State::Breached, Some(due)),
        (sep(30, 0, 0), State::Breached, Some(due)),
    ] {
        assert_eq!(states(&running, now), (state, late.map(|_| Verdict::Breached), late), "{now}");
    }
    let done = |when| [(start(), Started), (when, Fulfilled)];
    assert_eq!(
        states(&done(due), sep(30, 0, 0)),
        (State::Met, Some(Verdict::Met), None),
        "at the deadline is in time"
    );
    assert_eq!(states(&done(ms(due)), sep(30, 0, 0)), (State::MetLate, Some(Verdict::Breached), Some(due)));
    let called_off = |when| [(start(), Started), (when, Cancelled)];
    assert_eq!(states(&called_off(due), sep(30, 0, 0)), (State::Cancelled, None, None));
    assert_eq!(
        states(&called_off(sep(22, 9, 0)), sep(30, 0, 0)),
        (State::Cancelled, Some(Verdict::Breached), Some(due))
    );
}

#[test]
fn marks_and_the_next_look_follow_the_working_time() {
    let found = after(&[(start(), Started)], sep(21, 11, 0));
    let marks: Vec<_> = found.marks.iter().map(|mark| (mark.share, mark.at.unwrap(), mark.reached)).collect();
    assert_eq!(
        marks,
        [(50, sep(21, 11, 0), true), (80, sep(21, 13, 12), false), (100, sep(21, 14, 0), false)]
    );
    assert_eq!(found.next_check, Some(sep(21, 13, 12)));
    assert_eq!(after(&[(start(), Started)], sep(21, 13, 30)).next_check, Some(sep(21, 14, 0)));
    let at_due = after(&[(start(), Started)], sep(21, 14, 0));
    assert_eq!(at_due.next_check, Some(sep(21, 14, 0).plus_millis(1)));
    assert_eq!(after(&[(start(), Started)], sep(21, 15, 0)).next_check, None);
    let escalated = Policy { warn_at: vec![150, 100, 100], ..working(240) };
    let found = standing(&escalated, &named("cn-workday"), &[(start(), Started)], sep(21, 15, 0));
    assert_eq!(found.next_check, Some(sep(21, 16, 0)), "a share past the limit comes after the breach");
    assert_eq!(found.marks.len(), 2);
}

#[test]
fn both_kinds_of_remaining_and_elapsed_time_are_kept() {
    let minutes = |ms: i64| ms / 60_000;
    let facts = [(start(), Started), (sep(21, 10, 0), Paused(Customer)), (sep(21, 11, 30), Resumed)];
    let found = after(&facts, sep(21, 13, 30));
    assert_eq!(found.due, Some(sep(21, 15, 30)));
    assert_eq!(
        (minutes(found.remaining_ms.unwrap()), minutes(found.remaining_working_ms.unwrap())),
        (120, 120)
    );
    assert_eq!(
        (minutes(found.elapsed_ms), minutes(found.elapsed_unpaused_ms), minutes(found.elapsed_working_ms)),
        (270, 180, 120)
    );
    let late = after(&facts, sep(22, 9, 30));
    assert_eq!(
        (minutes(late.remaining_ms.unwrap()), minutes(late.remaining_working_ms.unwrap())),
        (-18 * 60, -180)
    );
}

#[test]
fn a_message_of_the_customer_ends_every_wait() {
    for reason in [Customer, ThirdParty, PauseReason::Other] {
        let facts = [(start(), Started), (sep(21, 10, 0), Paused(reason)), (sep(21, 11, 0), CustomerMessage)];
        let found = after(&facts, sep(21, 11, 0));
        assert_eq!((found.state, found.due), (State::Running, Some(sep(21, 15, 0))), "{reason:?}");
    }
    let found = after(
        &[(start(), Started), (sep(21, 10, 0), CustomerMessage), (sep(21, 10, 0), Resumed)],
        sep(21, 10, 0),
    );
    assert_eq!((found.state, found.pauses.len()), (State::Running, 0), "nothing to end changes nothing");
}

#[test]
fn a_paused_clock_has_no_deadline_but_knows_the_one_it_would_have() {
    let facts =
        [(start(), Started), (sep(21, 10, 0), Paused(Customer)), (sep(21, 10, 30), Paused(ThirdParty))];
    let found = after(&facts, sep(22, 10, 0));
    assert_eq!((found.state, found.due, found.next_check), (State::Paused, None, None));
    assert_eq!(found.due_if_resumed, Some(sep(22, 14, 0)));
    assert_eq!(found.pauses.iter().map(|pause| pause.reason).collect::<Vec<_>>(), [Customer, ThirdParty]);
    assert_eq!(found.remaining_working_ms, Some(180 * 60_000));
    // Done while waiting: the wait ends with it.
    let done = after(
        &[(start(), Started), (sep(21, 10, 0), Paused(Customer)), (sep(25, 10, 0), Fulfilled)],
        sep(28, 0, 0),
    );
    assert_eq!((done.state, done.elapsed_working_ms), (State::Met, 60 * 60_000));
    // Late before it was paused: stays late.
    let late = after(&[(start(), Started), (sep(21, 15, 0), Paused(Customer))], sep(25, 0, 0));
    assert_eq!(
        (late.state, late.breached_at, late.due),
        (State::Breached, Some(sep(21, 14, 0)), Some(sep(21, 14, 0)))
    );
}

#[test]
fn a_wait_that_the_policy_does_not_allow_is_noted_and_ignored() {
    let policy = Policy { pause_on: vec![ThirdParty], ..working(240) };
    let facts = [(start(), Started), (sep(21, 10, 0), Paused(Customer))];
    let found = standing(&policy, &named("cn-workday"), &facts, sep(21, 10, 30));
    assert_eq!(
        (found.state, found.due, found.ignored_pauses.len()),
        (State::Running, Some(sep(21, 14, 0)), 1)
    );
    assert_eq!(working(1).unpaused().pause_on, []);
}

#[test]
fn the_order_of_arrival_and_repetition_do_not_matter() {
    let facts = [
        (sep(21, 11, 0), Resumed),
        (start(), Started),
        (sep(21, 10, 0), Paused(Customer)),
        (sep(21, 12, 0), Started),
        (sep(21, 10, 30), Paused(Customer)),
        (sep(20, 10, 0), Paused(Customer)),
        (sep(21, 16, 0), Fulfilled),
        (sep(21, 17, 0), Cancelled),
        (sep(21, 17, 30), Paused(Customer)),
    ];
    let found = after(&facts, sep(25, 0, 0));
    assert_eq!((found.state, found.stopped_at), (State::MetLate, Some(sep(21, 16, 0))));
    assert_eq!((found.started_at, found.due, found.pauses.len()), (Some(start()), Some(sep(21, 15, 0)), 1));
    assert_eq!(after(&facts, sep(21, 10, 45)).state, State::Paused, "what lies ahead has not happened yet");
}

#[test]
fn new_terms_count_from_the_start_and_undo_no_breach() {
    let calendar = named("cn-workday");
    let (longer, shorter) = (working(480), working(60));
    let changed = |policy| Fact::TermsChanged(Terms { policy, calendar: &calendar });
    let found = |facts: &[(Timestamp, Fact<'_>)], now| {
        let found = after(facts, now);
        (found.state, found.due, found.breached_at)
    };
    // In time: the deadline moves.
    let facts = [(start(), Started), (sep(21, 11, 0), changed(&longer))];
    assert_eq!(found(&facts, sep(21, 17, 0)), (State::Warning, Some(sep(21, 18, 0)), None));
    // Too late: the breach stays, whatever the new deadline is.
    let facts = [(start(), Started), (sep(21, 15, 0), changed(&longer)), (sep(21, 16, 0), Fulfilled)];
    assert_eq!(found(&facts, sep(21, 17, 0)), (State::MetLate, Some(sep(21, 18, 0)), Some(sep(21, 14, 0))));
    // A shorter limit that has passed already: late when it came, not before.
    let facts = [(start(), Started), (sep(21, 11, 0), changed(&shorter))];
    assert_eq!(found(&facts, sep(21, 11, 0)), (State::Warning, Some(sep(21, 10, 0)), None));
    assert_eq!(after(&facts, sep(21, 11, 0)).next_check, Some(sep(21, 11, 0).plus_millis(1)));
    assert_eq!(found(&facts, sep(21, 12, 0)), (State::Breached, Some(sep(21, 10, 0)), Some(sep(21, 11, 0))));
    // Before the start they simply apply.
    let facts = [(sep(20, 11, 0), changed(&shorter)), (start(), Started)];
    assert_eq!(found(&facts, sep(21, 9, 0)), (State::Running, Some(sep(21, 10, 0)), None));
}

#[test]
fn a_recorded_breach_stays_when_the_calculation_changes() {
    let facts = [(start(), Started), (sep(21, 10, 0), Breached), (sep(21, 11, 0), Fulfilled)];
    let found = after(&facts, sep(22, 0, 0));
    assert_eq!((found.state, found.breached_at), (State::MetLate, Some(sep(21, 10, 0))));
}

#[test]
fn plain_time_and_agreed_instants() {
    let calendar = named("cn-workday");
    let day = Policy::new(Limit::CalendarMinutes { minutes: 24 * 60 });
    let found = standing(&day, &calendar, &[(sep(18, 17, 0), Started)], sep(19, 5, 0));
    assert_eq!((found.state, found.due), (State::Warning, Some(sep(19, 17, 0))));
    let facts = [(sep(18, 17, 0), Started), (sep(18, 20, 0), Paused(Customer)), (sep(19, 8, 0), Resumed)];
    assert_eq!(standing(&day, &calendar, &facts, sep(19, 9, 0)).due, Some(sep(20, 5, 0)));
    assert_eq!(standing(&day, &calendar, &facts[..2], sep(19, 7, 0)).due_if_resumed, Some(sep(20, 4, 0)));
    let promise = Policy::new(Limit::Instant { at: sep(24, 12, 0) });
    let facts = [(sep(21, 12, 0), Started), (sep(22, 0, 0), Paused(Customer))];
    let found = standing(&promise, &calendar, &facts, sep(23, 0, 0));
    assert_eq!((found.due, found.marks[0].at), (Some(sep(24, 12, 0)), Some(sep(23, 0, 0))));
    let past = standing(&promise, &calendar, &[(sep(25, 0, 0), Started)], sep(25, 1, 0));
    assert_eq!(past.breached_at, Some(sep(25, 0, 0)), "late from its start, not before");
}

#[test]
fn of_two_clocks_the_stricter_drives_and_both_must_be_kept() {
    let calendar = named("cn-office-9-18");
    let day = Policy::new(Limit::WorkingDays { days: 1, mode: DayMode::EndOfDay });
    let hours = Policy::new(Limit::CalendarMinutes { minutes: 24 * 60 });
    let both = |start: Timestamp, done: Option<Timestamp>, now| {
        let mut facts = vec![(start, Started)];
        facts.extend(done.map(|done| (done, Fulfilled)));
        (standing(&day, &calendar, &facts, now), standing(&hours, &calendar, &facts, now))
    };
    // Solved on Friday at 17:00: 24 hours end on Saturday, the working day on the make-up Sunday.
    let (one, two) = both(sep(18, 17, 0), None, sep(18, 18, 0));
    assert_eq!((one.due, two.due), (Some(sep(20, 18, 0)), Some(sep(19, 17, 0))));
    assert_eq!(stricter(&[&one, &two]), Some(1));
    let (one, two) = both(sep(18, 17, 0), Some(sep(20, 10, 0)), sep(20, 11, 0));
    assert_eq!((one.verdict, two.verdict), (Some(Verdict::Met), Some(Verdict::Breached)));
    assert_eq!((stricter(&[&one, &two]), combined_verdict(&[&one, &two])), (None, Some(Verdict::Breached)));
    let (one, two) = both(sep(21, 17, 0), Some(sep(22, 10, 0)), sep(22, 11, 0));
    assert_eq!(combined_verdict(&[&one, &two]), Some(Verdict::Met));
    let (one, two) = both(sep(21, 17, 0), None, sep(21, 18, 0));
    assert_eq!((combined_verdict(&[&one, &two]), combined_verdict(&[])), (None, None));
    // A paused clock stands behind one that runs.
    let paused = standing(
        &hours,
        &calendar,
        &[(sep(21, 9, 0), Started), (sep(21, 9, 0), Paused(Customer))],
        sep(21, 9, 5),
    );
    assert_eq!(stricter(&[&paused, &one]), Some(1));
    assert_eq!(stricter(&[&paused]), Some(0));
}

#[test]
fn policies_are_checked_and_read_back() {
    let policy: Policy = serde_json::from_str(r#"{"unit":"working_days","days":5}"#).unwrap();
    assert_eq!(policy, Policy::new(Limit::WorkingDays { days: 5, mode: DayMode::SameTime }));
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&json).unwrap(), policy);
    policy.check().unwrap();
    let bad = Policy { warn_at: vec![0], ..working(-1) };
    let paths: Vec<_> = bad.check().unwrap_err().all().iter().map(|problem| problem.path.clone()).collect();
    assert_eq!(paths, ["minutes", "warn_at[0]"]);
}

#[test]
fn a_clock_explains_itself_in_both_languages() {
    let calendar = named("cn-workday");
    let policy = Policy { pause_on: vec![Customer], ..working(240) };
    let terms = Terms { policy: &policy, calendar: &calendar };
    let facts = [
        (start(), Started),
        (sep(21, 10, 0), Paused(Customer)),
        (sep(21, 10, 20), Paused(ThirdParty)),
        (sep(21, 11, 0), CustomerMessage),
        (sep(21, 16, 0), Fulfilled),
    ];
    let found = standing(&policy, &calendar, &facts, sep(22, 0, 0));
    assert_eq!(
        found.words(terms, Locale::ZhCn).unwrap(),
        [
            "日历“cn-workday”，时区 Asia/Shanghai。",
            "开始：2026年9月21日（周一）09:00。",
            "时限：4 小时的工作时间。",
            "计入 2026年9月21日（周一）：09:00–10:00、11:00–12:00、13:00–15:00，共 4 小时。",
            "暂停 2026年9月21日（周一）10:00 至 2026年9月21日（周一）11:00：其间 1 小时的工作时间不计。",
            "到期：2026年9月21日（周一）15:00（计入工作时间 4 小时）。",
            "2026年9月21日（周一）10:00 至 2026年9月21日（周一）11:00 暂停：等待客户。",
            "2026年9月21日（周一）10:20 的暂停（等待第三方）不影响此时限。",
            "2026年9月21日（周一）15:00 超时，2026年9月21日（周一）16:00 完成；按超时计。",
        ]
    );
    let running = standing(&policy, &calendar, &facts[..1], sep(21, 10, 0));
    let words = running.words(terms, Locale::En).unwrap();
    assert_eq!(words.last().unwrap(), "4 h left, 3 h of it working time.");
    let fortnight = Policy::new(Limit::CalendarMinutes { minutes: 15 * 1_440 });
    let terms_of_days = Terms { policy: &fortnight, calendar: &calendar };
    let words = standing(&fortnight, &calendar, &facts[..1], sep(21, 10, 0))
        .words(terms_of_days, Locale::ZhCn)
        .unwrap();
    assert_eq!(words[1], "时限：15 天的自然时间，夜间和假日都计入。");
    assert!(words.last().unwrap().starts_with("剩余 14 天 23 小时，其中工作时间 "), "{words:?}");
    let plain = Policy::new(Limit::CalendarMinutes { minutes: 1_440 });
    let found = standing(&plain, &calendar, &facts[..1], sep(23, 10, 0));
    assert_eq!(
        found.words(Terms { policy: &plain, calendar: &calendar }, Locale::En).unwrap(),
        [
            "Start: Mon 21 Sep 2026 09:00.",
            "Limit: 24 h of plain time; nights and holidays count.",
            "Due: Tue 22 Sep 2026 09:00.",
            "Late since Tue 22 Sep 2026 09:00, by now by 25 h, 9 h of it working time.",
        ]
    );
}

#[test]
fn doubts_reach_the_clock() {
    let calendar = named("cn-workday");
    let policy = Policy::new(Limit::WorkingDays { days: 90, mode: DayMode::SameTime });
    let found = standing(&policy, &calendar, &[(start(), Started)], start());
    assert!(found.doubts.contains(&Warning::YearWithoutArrangement { year: 2027 }));
}

#[test]
fn a_reopened_clock_goes_on_with_its_history() {
    let facts = [
        (start(), Started),
        (sep(21, 10, 0), Paused(Customer)),
        (sep(21, 11, 0), Resumed),
        (sep(21, 13, 30), Fulfilled),
        (sep(21, 14, 30), Reopened),
    ];
    let found = after(&facts, sep(21, 14, 30));
    assert_eq!(
        (found.state, found.due),
        (State::Warning, Some(sep(21, 16, 0))),
        "150 of 240 minutes were used"
    );
    assert_eq!((found.stopped_at, found.pauses.len(), found.rests.len()), (None, 1, 1));
    let words = |found: &heard_kernel::clock_policy::Assessment, policy: &Policy, locale| {
        let calendar = named("cn-workday");
        found.words(Terms { policy, calendar: &calendar }, locale).unwrap().join("\n")
    };
    assert!(words(&found, &working(240), Locale::ZhCn).contains("视为已完成，不计时"), "{found:?}");
    assert!(words(&found, &working(240), Locale::En).contains("counted as done"), "{found:?}");
    let again = [&facts[..], &[(sep(21, 15, 0), Fulfilled)]].concat();
    assert_eq!(after(&again, sep(22, 9, 0)).state, State::Met);
    let called_off = [(start(), Started), (sep(21, 10, 0), Cancelled), (sep(21, 11, 0), Reopened)];
    assert_eq!(after(&called_off, sep(21, 11, 0)).due, Some(sep(21, 15, 0)));
}

#[test]
fn what_was_late_stays_late_and_what_stops_for_nothing_is_late_from_the_reopening_on() {
    let late = [(start(), Started), (sep(21, 15, 0), Fulfilled), (sep(21, 16, 0), Reopened)];
    let found = after(&late, sep(21, 16, 0));
    assert_eq!((found.state, found.breached_at), (State::Breached, Some(sep(21, 14, 0))));
    let facts = [(start(), Started), (sep(21, 13, 30), Fulfilled), (sep(21, 14, 30), Reopened)];
    let strict = working(240).unpaused();
    let at = |now| standing(&strict, &named("cn-workday"), &facts, now);
    assert_eq!((at(sep(21, 14, 30)).due, at(sep(21, 14, 30)).breached_at), (Some(sep(21, 14, 0)), None));
    let found = at(sep(21, 14, 30).plus_millis(1));
    assert_eq!((found.state, found.breached_at), (State::Breached, Some(sep(21, 14, 30))));
}
