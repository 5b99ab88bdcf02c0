//! Clocks while nobody looks: the process is down, the machine's clock jumps.

use heard_cases::clocks::ClockTerms;
use heard_kernel::clock_policy::State;
use heard_testkit::{TestDb, on_both_engines};

use crate::world::{at, minutes, world};

fn with_steps() -> ClockTerms {
    ClockTerms { overdue: vec![30, 120, 600], ..minutes(60) }
}

const CAUGHT_UP: [&str; 6] = [
    "started 09-18 16:30",
    "warned 50 09-18 17:00",
    "warned 80 09-18 17:18",
    "breached 09-18 17:30",
    "overdue 30 09-18 18:00",
    "overdue 120 09-18 19:30",
];

async fn six_hours_of_downtime_are_caught_up_once(db: TestDb) {
    let world = world(db).await;
    world.start(with_steps(), at("09-18 16:30")).await;
    world.at("09-18 22:30").await;
    assert_eq!(world.told().await, CAUGHT_UP);
    world.at("09-18 22:31").await;
    assert_eq!(world.told().await, CAUGHT_UP, "nothing is told twice");
    world.at("09-19 03:30").await;
    assert_eq!(world.told().await.last().unwrap(), "overdue 600 09-19 03:30");
    assert_eq!(world.clocks().await.clocks[0].assessment.breached_at, Some(at("09-18 17:30")));
}

async fn what_is_late_stays_late(db: TestDb) {
    let world = world(db).await;
    world.start(with_steps(), at("09-18 16:30")).await;
    world.at("09-18 18:00").await;
    assert_eq!(world.fulfil(at("09-18 17:00")).await.unwrap(), 1, "done in time, said too late");
    world.at("09-19 09:00").await;
    let told = world.told().await;
    assert_eq!(&told[..5], &CAUGHT_UP[..5]);
    assert_eq!(told[5..], ["fulfilled 09-18 17:30"], "a breach that was told stays; no steps after the end");
    assert_eq!(world.clocks().await.clocks[0].assessment.state, State::MetLate);
}

async fn a_late_end_that_comes_before_the_ticker_tells_the_breach(db: TestDb) {
    let world = world(db).await;
    world.start(with_steps(), at("09-18 16:30")).await;
    world.db.clock.set(at("09-18 17:40"));
    world.fulfil(at("09-18 17:40")).await.unwrap();
    world.at("09-19 09:00").await;
    let all = ["started 09-18 16:30", "fulfilled 09-18 17:40", "breached 09-18 17:30"];
    assert_eq!(world.told().await, all);
}

async fn a_clock_that_jumps_loses_nothing_and_repeats_nothing(db: TestDb) {
    let world = world(db).await;
    world.start(with_steps(), at("09-18 16:30")).await;
    world.at("09-18 17:05").await;
    world.at("09-18 16:00").await;
    assert_eq!(world.clocks().await.clocks[0].assessment.state, State::Warning);
    world.at("09-18 17:10").await;
    assert_eq!(world.told().await, CAUGHT_UP[..2]);
    world.at("09-18 17:35").await;
    world.at("09-18 17:10").await;
    world.at("09-18 19:30").await;
    assert_eq!(world.told().await, CAUGHT_UP);
}

async fn a_clock_can_begin_in_the_past(db: TestDb) {
    let world = world(db).await;
    world.start(with_steps(), at("09-18 15:00")).await;
    world.spine.settle().await.unwrap();
    let all =
        ["started 09-18 15:00", "warned 50 09-18 15:30", "warned 80 09-18 15:48", "breached 09-18 16:00"];
    let told = world.told().await;
    assert_eq!(told[..4], all);
    assert_eq!(told[4..], ["overdue 30 09-18 16:30"]);
}

on_both_engines!(
    six_hours_of_downtime_are_caught_up_once,
    what_is_late_stays_late,
    a_late_end_that_comes_before_the_ticker_tells_the_breach,
    a_clock_that_jumps_loses_nothing_and_repeats_nothing,
    a_clock_can_begin_in_the_past,
);
