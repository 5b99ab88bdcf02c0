//! Measures clocks beside a million running ones: arming and moving one, firing ten thousand that are due together,
//! and calculating working time. Part of `make bench`; `HEARD_BENCH_SCALE=10` does a tenth.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on stops")]
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints what it measured")]

use std::time::Instant;

use futures_util::StreamExt;
use heard_cases::{
    clocks::{self, ClockTerms, NewClock, Subject, SubjectKind},
    plans::Text,
};
use heard_kernel::{
    Actor, Timestamp,
    calendar::{Calendars, DayMode, Demand},
    clock_policy::{Limit, PauseReason, Policy},
};
use heard_runtime::{Ctx, Event, Registry, Spine, Subject as EventSubject, Tx};
use heard_testkit::TestDb;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Commands that are measured.
const COMMANDS: u64 = 2_000;
/// Clocks that are started in one transaction to fill the database.
const CHUNK: u64 = 1_000;
/// Cases over which the commands are spread; fewer than there are at the smallest scale.
const SPREAD: u64 = 10_000;
/// Numbers of cases that have no clock yet.
const FRESH: u64 = 10_000_000;
/// Numbers of cases whose clocks are due together.
const DUE: u64 = 20_000_000;

#[tokio::main]
async fn main() {
    let scale = std::env::var("HEARD_BENCH_SCALE").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64).max(1);
    reckon();
    let mut engines = vec![("sqlite", TestDb::sqlite().await)];
    if std::env::var_os("HEARD_TEST_POSTGRES").is_some() {
        engines.push(("postgresql", TestDb::postgres().await));
    }
    let running = 1_000_000 / scale;
    for (engine, db) in engines {
        let (ctx, spine) = world(&db).await;
        fill(&ctx, 0, running, &Policy::new(long())).await;
        println!("{engine}: {running} running clocks");
        arm_and_move(&ctx).await;
        fire(&db, &ctx, &spine, 10_000 / scale).await;
    }
}

/// A command that does nothing but tell of it: what a case writes anyway is at least this.
#[derive(Serialize, Deserialize)]
struct Nothing {
    id: Uuid,
}

impl Event for Nothing {
    const KIND: &'static str = "bench.measured";
    fn subject(&self) -> EventSubject {
        EventSubject::new("bench", self.id)
    }
}

async fn world(db: &TestDb) -> (Ctx, Spine) {
    let tables = [
        heard_runtime::MIGRATIONS,
        heard_platform::MIGRATIONS,
        heard_desk::MIGRATIONS,
        heard_cases::MIGRATIONS,
    ];
    let ctx = db.ctx(&tables.concat()).await;
    let mut registry = Registry::default();
    heard_cases::register(&mut registry);
    let spine = Spine::new(ctx.clone(), registry);
    (ctx, spine)
}

/// So long that nothing is due while it is measured.
const fn long() -> Limit {
    Limit::WorkingMinutes { minutes: 3_600_000 }
}

fn new_clock(case: u64, started_at: Timestamp, policy: Policy) -> NewClock {
    let case = case_id(case);
    let name = Text { zh: "处理".to_owned(), en: "Handle".to_owned() };
    let terms = ClockTerms::new("handle", name, policy);
    let subject = Subject::new(SubjectKind::Case, case);
    NewClock { subject, case_id: Some(case), owner_id: None, started_at, terms }
}

fn case_id(number: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

async fn fill(ctx: &Ctx, first: u64, count: u64, policy: &Policy) {
    let now = ctx.now();
    for chunk in 0..count / CHUNK {
        let policy = policy.clone();
        ctx.tx(&Actor::system(), async move |tx| {
            for number in chunk * CHUNK..(chunk + 1) * CHUNK {
                clocks::start(tx, new_clock(first + number, now, policy.clone())).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }
}

/// CPU time of this process in microseconds.
fn cpu() -> f64 {
    let mut total = 0_u64;
    for task in std::fs::read_dir("/proc/self/task").expect("Linux").flatten() {
        let text = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
        total += text.split(' ').next().and_then(|nanos| nanos.parse::<u64>().ok()).unwrap_or(0);
    }
    total as f64 / 1e3
}

/// What is measured.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A transaction with one event.
    Nothing,
    Start,
    Pause,
    Resume,
    Fulfil,
}

impl Step {
    async fn run(self, tx: &Tx<'_>, number: u64) -> heard_kernel::Result<()> {
        let case = case_id(number);
        tx.emit(&Nothing { id: case })?;
        match self {
            Self::Nothing => Ok(()),
            Self::Start => {
                let new = new_clock(FRESH + number, tx.now(), Policy::new(long()));
                clocks::start(tx, new).await.map(drop)
            }
            Self::Pause => clocks::pause(tx, case, PauseReason::Customer, "").await.map(drop),
            Self::Resume => clocks::resume(tx, case).await.map(drop),
            Self::Fulfil => {
                let subject = Subject::new(SubjectKind::Case, case);
                clocks::fulfil(tx, subject, &["handle"], tx.now()).await.map(drop)
            }
        }
    }
}

/// CPU in microseconds of one of many commands that run side by side, as requests do.
async fn each(ctx: &Ctx, step: Step) -> f64 {
    let before = cpu();
    let commands = futures_util::stream::iter(0..COMMANDS);
    commands
        .for_each_concurrent(64, |number| async move {
            // Cases all over the table, so that no page of it stays warm by chance.
            let number = number.wrapping_mul(7_919) % SPREAD;
            ctx.tx(&Actor::system(), async move |tx| step.run(tx, number).await).await.unwrap();
        })
        .await;
    (cpu() - before) / COMMANDS as f64
}

async fn arm_and_move(ctx: &Ctx) {
    each(ctx, Step::Nothing).await;
    let floor = each(ctx, Step::Nothing).await;
    println!("  a transaction with one event: {floor:.0} µs CPU");
    for step in [Step::Start, Step::Pause, Step::Resume, Step::Fulfil] {
        let cost = each(ctx, step).await - floor;
        println!("  {step:?}: {cost:.0} µs CPU more (at most 100)");
    }
}

async fn fire(db: &TestDb, ctx: &Ctx, spine: &Spine, count: u64) {
    spine.settle().await.unwrap();
    let policy = Policy { warn_at: Vec::new(), ..Policy::new(Limit::WorkingMinutes { minutes: 60 }) };
    fill(ctx, DUE, count, &policy).await;
    db.clock.set(ctx.now().plus_seconds(6 * 3_600));
    let begun = Instant::now();
    let settled = spine.settle().await.unwrap();
    let took = begun.elapsed().as_secs_f64();
    println!("  {count} deadlines due together: {took:.2} s (at most 5), {settled} steps");
}

/// Working time, as fast as it is asked for.
fn reckon() {
    let calendars = Calendars::builtin();
    let calendar = calendars.get("cn-workday").unwrap();
    let first: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let rounds = 200_000_i64;
    for demand in
        [Demand::WorkingMinutes { minutes: 2_400 }, Demand::WorkingDays { days: 5, mode: DayMode::SameTime }]
    {
        let begun = Instant::now();
        let mut sum = 0;
        for round in 0..rounds {
            let start = first.plus_seconds(round * 131 % 31_000_000);
            sum ^= calendar.due(start, demand, &[]).unwrap().unwrap().millis();
        }
        let micros = begun.elapsed().as_secs_f64() * 1e6 / rounds as f64;
        println!("{demand:?}: {micros:.2} µs (at most 5) {}", sum & 1);
    }
}
