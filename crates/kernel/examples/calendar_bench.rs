//! Prints what working-time calculations cost. Run with `cargo run --release -p heard-kernel --example calendar_bench`.
#![allow(clippy::print_stdout, reason = "printing figures is what this program is for")]

use std::{hint::black_box, time::Instant};

use heard_kernel::{
    Timestamp,
    calendar::{Calendar, Calendars, DayMode, Definition, Demand, Pause},
    clock_policy::{Event, Fact, Limit, PauseReason, Policy, Terms, assess},
};

const ROUNDS: u32 = 200_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let calendars = Calendars::builtin();
    let china = calendars.get("cn-workday")?;
    let night = Definition::from_json(
        r#"{"name":"night","tz":"America/New_York","week":{"mon-sun":["22:00-06:00"]},"holidays":[{"yearly":"12-25"}]}"#,
    )?
    .compile(calendars.arrangements())?;
    for calendar in [&**china, &night] {
        println!("{} ({})", calendar.name(), calendar.time_zone());
        measure("  480 working minutes, deadline", calendar, |start| {
            calendar.due(start, Demand::WorkingMinutes { minutes: 480 }, &[]).is_ok()
        });
        measure("  5 working days, deadline", calendar, |start| {
            calendar.due(start, Demand::WorkingDays { days: 5, mode: DayMode::SameTime }, &[]).is_ok()
        });
        measure("  45 working days, deadline", calendar, |start| {
            calendar.due(start, Demand::WorkingDays { days: 45, mode: DayMode::EndOfDay }, &[]).is_ok()
        });
        measure("  480 minutes with 3 pauses, deadline", calendar, |start| {
            let pauses = [1, 20, 30].map(|hours| Pause {
                from: start.plus_seconds(hours * 3_600),
                to: Some(start.plus_seconds((hours + 5) * 3_600)),
            });
            calendar.due(start, Demand::WorkingMinutes { minutes: 480 }, &pauses).is_ok()
        });
        measure("  480 working minutes, with all reasons", calendar, |start| {
            calendar.add_working_minutes(start, 480).is_ok()
        });
        measure("  5 working days, with all reasons", calendar, |start| {
            calendar.add_working_days(start, 5, DayMode::SameTime).is_ok()
        });
        let policy = Policy::new(Limit::WorkingDays { days: 5, mode: DayMode::SameTime });
        measure("  assess a clock of 5 working days with 2 pauses", calendar, |start| {
            let hour = |hours: i64| start.plus_seconds(hours * 3_600);
            let facts = [
                (start, Fact::Started),
                (hour(3), Fact::Paused(PauseReason::Customer)),
                (hour(9), Fact::CustomerMessage),
                (hour(30), Fact::Paused(PauseReason::ThirdParty)),
                (hour(50), Fact::Resumed),
            ];
            let events = facts.map(|(at, fact)| Event { at, fact });
            assess(Terms { policy: &policy, calendar }, &events, hour(60)).is_ok()
        });
        measure("  working time over 30 days, measured", calendar, |start| {
            calendar.working_time(start, start.plus_seconds(30 * 86_400)) > 0
        });
    }
    let begun = Instant::now();
    let fresh = calendars.definition("cn-workday")?.compile(calendars.arrangements())?;
    let first =
        fresh.due(Timestamp::from_millis(1_790_000_000_000), Demand::WorkingMinutes { minutes: 1 }, &[])?;
    println!("compile and first answer: {:?} ({first:?})", begun.elapsed());
    Ok(())
}

/// Runs a calculation from starts spread over 2026 and prints the mean time of one.
fn measure(name: &str, calendar: &Calendar, mut run: impl FnMut(Timestamp) -> bool) {
    let first: i64 = 1_767_200_000_000;
    let start =
        |round: u32| Timestamp::from_millis(first + i64::from(round) * 7_919 * 1_009 % 28_000_000_000);
    black_box(calendar.working_time(start(0), start(0).plus_seconds(86_400 * 500)));
    let begun = Instant::now();
    let done = (0..ROUNDS).filter(|round| run(black_box(start(*round)))).count();
    let each = begun.elapsed() / ROUNDS;
    println!("{name}: {each:?} each ({done} of {ROUNDS})");
}
