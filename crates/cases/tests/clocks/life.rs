//! A clock from its start to its end.

use heard_kernel::{
    Actor,
    clock_policy::{Limit, PauseReason, State, Verdict},
};
use heard_testkit::{TestDb, on_both_engines};

use crate::world::{CASE, at, minutes, world};
use heard_cases::clocks;

async fn a_clock_that_is_kept(db: TestDb) {
    let world = world(db).await;
    world.start(minutes(60), at("09-18 16:30")).await;
    world.at("09-18 16:59").await;
    assert_eq!(world.told().await, ["started 09-18 16:30"]);
    world.at("09-18 17:00").await;
    world.at("09-18 17:30").await;
    assert_eq!(world.fulfil(at("09-18 17:30")).await.unwrap(), 1);
    assert_eq!(world.fulfil(at("09-18 17:30")).await.unwrap(), 0, "it is over");
    world.at("09-21 09:00").await;
    let told = world.told().await;
    let all =
        ["started 09-18 16:30", "warned 50 09-18 17:00", "warned 80 09-18 17:18", "fulfilled 09-18 17:30"];
    assert_eq!(told, all);
    let shown = world.clocks().await;
    assert_eq!(shown.verdict, Some(Verdict::Met));
    assert_eq!(shown.clocks[0].assessment.state, State::Met);
    assert!(!shown.clocks[0].strictest);
}

async fn the_second_start_is_the_first(db: TestDb) {
    let world = world(db).await;
    let one = world.start(minutes(60), at("09-18 16:30")).await;
    assert_eq!(world.start(minutes(90), at("09-18 16:31")).await, one);
    assert_eq!(world.clocks().await.clocks.len(), 1);
}

async fn a_customer_ends_every_wait(db: TestDb) {
    let world = world(db).await;
    world.start(minutes(60), at("09-18 16:30")).await;
    world.db.clock.set(at("09-18 16:40"));
    let system = Actor::system();
    let pause =
        async |tx: &heard_runtime::Tx<'_>| clocks::pause(tx, CASE, PauseReason::Customer, "asked").await;
    assert_eq!(world.ctx.tx(&system, pause).await.unwrap(), 1);
    assert_eq!(world.ctx.tx(&system, pause).await.unwrap(), 1, "it waits already");
    let paused = world.clocks().await;
    assert_eq!(paused.clocks[0].assessment.state, State::Paused);
    world.at("09-21 10:00").await;
    let before = at("09-18 16:39");
    let early = world.ctx.tx(&system, async move |tx| clocks::customer_message(tx, CASE, before).await).await;
    assert_eq!(early.unwrap(), 0, "a message from before the wait is no answer");
    let wrote = at("09-21 10:00");
    let answer = world.ctx.tx(&system, async move |tx| clocks::customer_message(tx, CASE, wrote).await).await;
    assert_eq!(answer.unwrap(), 1);
    let shown = world.clocks().await;
    assert_eq!(shown.clocks[0].assessment.due, Some(at("09-21 10:50")));
    assert!(shown.clocks[0].strictest);
    world.at("09-21 10:51").await;
    let told = world.told().await;
    let all = [
        "started 09-18 16:30",
        "paused",
        "resumed",
        "warned 50 09-21 10:20",
        "warned 80 09-21 10:38",
        "breached 09-21 10:50",
    ];
    assert_eq!(told, all);
}

async fn more_time_counts_from_the_start(db: TestDb) {
    let world = world(db).await;
    let clock = world.start(minutes(60), at("09-18 16:30")).await;
    let system = Actor::system();
    let limit = Limit::WorkingMinutes { minutes: 120 };
    world.db.clock.set(at("09-18 17:20"));
    world.ctx.tx(&system, async move |tx| clocks::extend(tx, clock, limit, "hard").await).await.unwrap();
    assert_eq!(world.clocks().await.clocks[0].assessment.due, Some(at("09-20 09:30")));
    let same = async move |tx: &heard_runtime::Tx<'_>| clocks::change_terms(tx, clock, minutes(60), "").await;
    world.ctx.tx(&system, same).await.unwrap();
    let extended = world.clocks().await.clocks[0].assessment.due;
    assert_eq!(extended, Some(at("09-20 09:30")), "the same rule leaves the extension");
    let alarm = world.ctx.read(async |tx| clocks::alarm_of(tx, CASE).await).await.unwrap().unwrap();
    assert_eq!((alarm.clock_id, alarm.due_at), (clock, Some(at("09-20 09:30"))));
    world.at("09-21 09:31").await;
    let again = world.ctx.tx(&system, async move |tx| clocks::extend(tx, clock, limit, "").await).await;
    assert!(again.is_ok(), "a late clock is still open");
    let ended = async |tx: &heard_runtime::Tx<'_>| clocks::cancel_case(tx, CASE, "withdrawn").await;
    assert_eq!(world.ctx.tx(&system, ended).await.unwrap(), 1);
    let over = world.ctx.tx(&system, async move |tx| clocks::extend(tx, clock, limit, "").await).await;
    assert!(over.unwrap_err().is(heard_kernel::codes::NOT_FOUND));
    let shown = world.clocks().await;
    assert_eq!(shown.clocks[0].assessment.breached_at, Some(at("09-20 09:30")), "a breach stays");
    assert_eq!(shown.verdict, Some(Verdict::Breached));
}

on_both_engines!(
    a_clock_that_is_kept,
    the_second_start_is_the_first,
    a_customer_ends_every_wait,
    more_time_counts_from_the_start,
);
