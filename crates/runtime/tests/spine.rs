//! The spine on both engines: what a transaction leaves behind, and what follows from it.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use heard_kernel::{Actor, Error, codes};
use heard_runtime::{
    Ctx, Deadline, DeadlineHandler, Event, IdempotencyKey, Job, JobHandler, JobKind, LocalFuture, MIGRATIONS,
    Reactor, Registry, SendFuture, Spine, StoredEvent, Subject, Tx,
};
use heard_store::{Migration, params};
use heard_testkit::{TestDb, on_both_engines, overlap};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Counted {
    id: Uuid,
    n: i64,
}

impl Event for Counted {
    const KIND: &'static str = "test.counted";
    fn subject(&self) -> Subject {
        Subject::new("test", self.id)
    }
}

const TABLES: &[Migration] = &[Migration::portable(
    2026112299,
    "seen",
    "CREATE TABLE seen (n BIGINT NOT NULL); CREATE TABLE done (id UUID NOT NULL);",
)];

async fn world(db: &TestDb) -> Ctx {
    db.ctx(&[MIGRATIONS, TABLES].concat()).await
}

async fn count(ctx: &Ctx, sql: &'static str) -> i64 {
    ctx.read(async move |tx| tx.scalar(sql, &[]).await).await.unwrap().unwrap()
}

/// A number that the recorder passes over.
const UNCONCERNING: i64 = 4_000;

/// Stores every number that it is told; fails on 13 as long as `stubborn`, and so many times finds the disk full on 17.
struct Recorder {
    stubborn: Arc<AtomicU32>,
}

impl Reactor for Recorder {
    fn name(&self) -> &'static str {
        "test.recorder"
    }
    fn wants(&self, kind: &str) -> bool {
        kind == Counted::KIND
    }
    fn concerns(&self, event: &StoredEvent) -> bool {
        event.data["n"] != UNCONCERNING
    }
    fn react<'a>(&'a self, tx: &'a Tx<'a>, event: &'a StoredEvent) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let n = event.decode::<Counted>()?.unwrap().n;
            tx.execute("INSERT INTO seen (n) VALUES ($1)", &params![n]).await?;
            if n == 13 && self.stubborn.load(Ordering::SeqCst) > 0 {
                return Err(Error::internal("thirteen"));
            }
            if n == 17 && self.stubborn.load(Ordering::SeqCst) > 0 {
                self.stubborn.fetch_sub(1, Ordering::SeqCst);
                return Err(Error::new(codes::STORAGE_FULL));
            }
            Ok(())
        })
    }
}

fn spine(ctx: &Ctx, stubborn: u32) -> (Spine, Arc<AtomicU32>) {
    let stubborn = Arc::new(AtomicU32::new(stubborn));
    let mut registry = Registry::default();
    registry.reactor(Recorder { stubborn: stubborn.clone() });
    (Spine::new(ctx.clone(), registry), stubborn)
}

async fn emit(ctx: &Ctx, n: i64) {
    ctx.tx(&Actor::system(), async move |tx| tx.emit(&Counted { id: tx.new_id(), n })).await.unwrap();
}

async fn an_event_stands_with_its_state_or_not_at_all(db: TestDb) {
    let ctx = world(&db).await;
    let failed = ctx
        .tx(&Actor::system(), async |tx| {
            tx.emit(&Counted { id: tx.new_id(), n: 1 })?;
            tx.execute("INSERT INTO seen (n) VALUES (1)", &[]).await?;
            Err::<(), _>(Error::new(codes::NOT_FOUND))
        })
        .await;
    assert!(failed.is_err());
    assert!(ctx.events_after(0, 10).await.unwrap().is_empty());
    emit(&ctx, 2).await;
    let events = ctx.events_after(0, 10).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].decode::<Counted>().unwrap().unwrap().n, 2);
    assert_eq!(count(&ctx, "SELECT count(*) FROM seen").await, 0);
}

async fn what_does_not_concern_a_reactor_writes_nothing_and_is_not_read_again_after_a_stop(db: TestDb) {
    let ctx = world(&db).await;
    let cursor = "SELECT position FROM cursors WHERE name = 'test.recorder'";
    let (running, _) = spine(&ctx, 0);
    let stop = running.start().await.unwrap();
    for n in [UNCONCERNING, 1, UNCONCERNING, 2] {
        emit(&ctx, n).await;
    }
    while count(&ctx, "SELECT count(*) FROM seen").await < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let end = ctx.events_after(0, 10).await.unwrap().last().unwrap().seq;
    assert_eq!(count(&ctx, cursor).await, end, "the cursor moves with the effect");
    for _ in 0..3 {
        emit(&ctx, UNCONCERNING).await;
    }
    stop.stop(Duration::from_secs(10)).await;
    let (settled, _) = spine(&ctx, 0);
    settled.settle().await.unwrap();
    let end = ctx.events_after(0, 10).await.unwrap().last().unwrap().seq;
    assert_eq!(count(&ctx, cursor).await, end, "what was passed over is settled");
    assert_eq!(count(&ctx, "SELECT CAST(sum(n) AS BIGINT) FROM seen").await, 3);
}

async fn reactors_see_each_event_once_and_in_order(db: TestDb) {
    let ctx = world(&db).await;
    let (spine, _) = spine(&ctx, 0);
    let stop = spine.start().await.unwrap();
    let writers: Vec<_> = (0..8)
        .map(|w| {
            let ctx = ctx.clone();
            tokio::spawn(async move {
                for n in 0..25 {
                    emit(&ctx, w * 100 + n).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for _ in 0..200 {
        if count(&ctx, "SELECT count(*) FROM seen").await >= 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.stop(Duration::from_secs(5)).await;
    assert_eq!(count(&ctx, "SELECT count(*) FROM seen").await, 200);
    assert_eq!(count(&ctx, "SELECT count(DISTINCT n) FROM seen").await, 200);
}

async fn a_stubborn_event_is_set_aside_and_can_be_retried(db: TestDb) {
    let ctx = world(&db).await;
    let (spine, stubborn) = spine(&ctx, 1);
    for n in [12, 13, 14] {
        emit(&ctx, n).await;
    }
    // A test sees each failure; a running process waits between them.
    let mut failures = 0;
    while spine.settle().await.is_err() {
        failures += 1;
        if failures > 10 {
            break;
        }
    }
    assert!(failures > 0);
    let stop = spine.start().await.unwrap();
    for _ in 0..400 {
        if count(&ctx, "SELECT count(*) FROM seen WHERE n = 14").await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        count(&ctx, "SELECT count(*) FROM seen WHERE n = 13").await,
        0,
        "no effect of a failed reaction remains"
    );
    assert_eq!(count(&ctx, "SELECT count(*) FROM jobs WHERE state = 'dead'").await, 1);
    stubborn.store(0, Ordering::SeqCst);
    ctx.tx(&Actor::system(), async |tx| heard_runtime::retry_all(tx, None).await).await.unwrap();
    for _ in 0..200 {
        if count(&ctx, "SELECT count(*) FROM jobs").await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.stop(Duration::from_secs(5)).await;
    assert_eq!(count(&ctx, "SELECT count(*) FROM seen WHERE n = 13").await, 1);
}

async fn an_event_is_not_blamed_for_a_full_disk(db: TestDb) {
    let ctx = world(&db).await;
    let (spine, stubborn) = spine(&ctx, 7);
    emit(&ctx, 17).await;
    let stop = spine.start().await.unwrap();
    for _ in 0..400 {
        if count(&ctx, "SELECT count(*) FROM seen").await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.stop(Duration::from_secs(5)).await;
    assert_eq!(stubborn.load(Ordering::SeqCst), 0);
    assert_eq!(count(&ctx, "SELECT count(*) FROM seen").await, 1);
    assert_eq!(count(&ctx, "SELECT count(*) FROM jobs").await, 0);
}

struct Ring;

impl DeadlineHandler for Ring {
    fn kind(&self) -> &'static str {
        "test.ring"
    }
    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            tx.execute("INSERT INTO done (id) VALUES ($1)", &params![deadline.subject_id]).await.map(drop)
        })
    }
}

async fn deadlines_fire_once_at_their_time_also_after_downtime(db: TestDb) {
    let ctx = world(&db).await;
    let mut registry = Registry::default();
    registry.deadline(Ring);
    let spine = Spine::new(ctx.clone(), registry);
    let [moved, cleared, kept, moved_after, cleared_after] = [1, 2, 3, 4, 5].map(Uuid::from_u128);
    ctx.tx(&Actor::system(), async move |tx| {
        for id in [moved, cleared, kept, moved_after, cleared_after] {
            tx.set_deadline("test.ring", id, tx.now() + Duration::from_secs(60), &())?;
        }
        tx.set_deadline("test.ring", moved, tx.now() + Duration::from_secs(7_200), &())?;
        tx.clear_deadline("test.ring", cleared);
        Ok(())
    })
    .await
    .unwrap();
    ctx.tx(&Actor::system(), async move |tx| {
        tx.set_deadline("test.ring", moved_after, tx.now() + Duration::from_secs(7_200), &())?;
        tx.clear_deadline("test.ring", cleared_after);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(spine.settle().await.unwrap(), 0);
    db.clock.advance(Duration::from_secs(3_600));
    assert_eq!(spine.settle().await.unwrap(), 1);
    assert_eq!(spine.settle().await.unwrap(), 0);
    db.clock.advance(Duration::from_secs(6 * 3_600));
    assert_eq!(spine.settle().await.unwrap(), 2);
    assert_eq!(count(&ctx, "SELECT count(*) FROM done").await, 3);
}

#[derive(Serialize, Deserialize)]
struct Errand {
    fail_times: u32,
}

impl JobKind for Errand {
    const KIND: &'static str = "test.errand";
    const MAX_ATTEMPTS: u32 = 3;
}

struct Runner;

impl JobHandler for Runner {
    fn kind(&self) -> &'static str {
        Errand::KIND
    }
    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Job) -> SendFuture<'a, ()> {
        Box::pin(async move {
            if job.attempts <= job.decode::<Errand>()?.fail_times {
                return Err(Error::internal("not yet"));
            }
            let id = job.id;
            ctx.tx(&Actor::system(), async move |tx| {
                tx.execute("INSERT INTO done (id) VALUES ($1)", &params![id]).await.map(drop)
            })
            .await
        })
    }
}

async fn jobs_are_tried_again_later_and_given_up_at_last(db: TestDb) {
    let ctx = world(&db).await;
    let mut registry = Registry::default();
    registry.job(Runner);
    let spine = Spine::new(ctx.clone(), registry);
    ctx.tx(&Actor::system(), async |tx| {
        tx.enqueue(&Errand { fail_times: 2 }).await?;
        tx.enqueue(&Errand { fail_times: 99 }).await
    })
    .await
    .unwrap();
    for _ in 0..4 {
        spine.settle().await.unwrap();
        db.clock.advance(Duration::from_secs(60));
    }
    assert_eq!(count(&ctx, "SELECT count(*) FROM done").await, 1);
    let summary = heard_runtime::summary(&ctx).await.unwrap();
    assert_eq!((summary.queued, summary.running, summary.dead), (0, 0, 1));
}

async fn the_same_key_has_one_effect_and_the_same_answer(db: TestDb) {
    let ctx = world(&db).await;
    let ask = |fingerprint: &str| {
        let key = IdempotencyKey { key: "k1".into(), fingerprint: fingerprint.into() };
        let ctx = ctx.clone();
        async move {
            ctx.tx_once(&Actor::system(), Some(key), async |tx| {
                tx.execute("INSERT INTO seen (n) VALUES (1)", &[]).await?;
                Ok(tx.new_id::<Uuid>())
            })
            .await
        }
    };
    let first = ask("a").await.unwrap();
    assert_eq!(ask("a").await.unwrap(), first);
    assert!(ask("b").await.unwrap_err().is(codes::IDEMPOTENCY_KEY_REUSED));
    assert_eq!(count(&ctx, "SELECT count(*) FROM seen").await, 1);
}

on_both_engines!(
    an_event_stands_with_its_state_or_not_at_all,
    what_does_not_concern_a_reactor_writes_nothing_and_is_not_read_again_after_a_stop,
    reactors_see_each_event_once_and_in_order,
    a_stubborn_event_is_set_aside_and_can_be_retried,
    an_event_is_not_blamed_for_a_full_disk,
    deadlines_fire_once_at_their_time_also_after_downtime,
    jobs_are_tried_again_later_and_given_up_at_last,
    the_same_key_has_one_effect_and_the_same_answer,
);

/// The trap of sequence numbers: a transaction takes an early number and commits late. With the log's lock the later
/// number cannot be seen before the earlier one is decided.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn interleaved_transactions_hide_nothing_from_a_reader_of_the_log() {
    let db = TestDb::postgres().await;
    let ctx = world(&db).await;
    let writers: Vec<_> = (0..6)
        .map(|w| {
            let ctx = ctx.clone();
            tokio::spawn(async move {
                for n in 0..40_i64 {
                    ctx.tx(&Actor::system(), async move |tx| {
                        tx.emit(&Counted { id: tx.new_id(), n: w * 1_000 + n })?;
                        // Some transactions are slow between their work and their commit.
                        let wait =
                            if (w + n) % 3 == 0 { "SELECT pg_sleep(0.004)" } else { "SELECT pg_sleep(0)" };
                        tx.execute(wait, &[]).await.map(drop)
                    })
                    .await
                    .unwrap();
                }
            })
        })
        .collect();
    let mut position = 0;
    let mut seen = Vec::new();
    let mut idle = 0;
    while seen.len() < 240 && idle < 200 {
        let events = ctx.events_after(position, 7).await.unwrap();
        idle = if events.is_empty() { idle + 1 } else { 0 };
        for event in events {
            assert!(event.seq > position);
            position = event.seq;
            seen.push(event.decode::<Counted>().unwrap().unwrap().n);
        }
        if idle > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(seen.len(), 240, "a reader that follows the log sees every event");
    for w in 0..6 {
        let of_one: Vec<i64> = seen.iter().copied().filter(|n| n / 1_000 == w).collect();
        assert!(of_one.is_sorted(), "the events of one writer keep their order");
    }
}

/// Two processes get the same request at once: one of them finds the key taken, runs again, and gives the other's answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_at_once_has_one_effect_and_the_same_answer() {
    let db = TestDb::postgres().await;
    let (one, two) = (world(&db).await, db.second_ctx(7).await);
    let reader = one.clone();
    let key = || Some(IdempotencyKey { key: "k".to_owned(), fingerprint: "f".to_owned() });
    let (first, second) = overlap(
        &db,
        |gate| async move {
            one.tx_once(&Actor::system(), key(), async move |tx| {
                tx.execute("INSERT INTO seen (n) VALUES (1)", &[]).await?;
                gate.hold().await;
                Ok(tx.new_id::<Uuid>())
            })
            .await
        },
        async move {
            two.tx_once(&Actor::system(), key(), async |tx| {
                tx.execute("INSERT INTO seen (n) VALUES (1)", &[]).await?;
                Ok(tx.new_id::<Uuid>())
            })
            .await
        },
    )
    .await;
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(count(&reader, "SELECT count(*) FROM seen").await, 1);
}
