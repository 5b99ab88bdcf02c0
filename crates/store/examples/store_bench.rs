//! How many durable transactions a second, each with a message row and an event row, and the processor time of each:
//! `cargo run --release -p heard-store --example store_bench -- [SECONDS] [PRODUCERS] [postgres://…]`.
//! Without an address the embedded engine is measured, in a directory below the present one (a memory disk would cheat).
#![allow(clippy::print_stdout, reason = "a measurement is printed")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use heard_kernel::{Error, Ids, RandomIds, Result, Timestamp};
use heard_store::{Db, DbConfig, Migration, Sizing, params};

const TABLES: Migration = Migration::portable(
    1,
    "bench",
    "CREATE TABLE bench_messages (id UUID PRIMARY KEY, conversation_id UUID NOT NULL, body TEXT NOT NULL, \
     at BIGINT NOT NULL); \
     CREATE INDEX bench_messages_conversation ON bench_messages (conversation_id, at); \
     CREATE TABLE bench_events (id UUID PRIMARY KEY, kind TEXT NOT NULL, subject_id UUID NOT NULL, \
     data TEXT NOT NULL, at BIGINT NOT NULL);",
);

const BODY: &str = "您好，我上周买的课程打不开，提示没有权限，麻烦帮我看一下，谢谢！";

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut number = |default| args.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (seconds, producers) = (number(5), number(64));
    let dir = tempfile::tempdir_in(".").map_err(Error::internal)?;
    let config = match std::env::args().nth(3) {
        Some(url) => DbConfig::Postgres { url, connections: 16 },
        None => DbConfig::Sqlite { dir: dir.path().into(), sizing: Sizing::default() },
    };
    let db = Db::open(&config).await?;
    db.migrate(&[TABLES]).await?;

    let stop = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU64::new(0));
    let (begun, before) = (Instant::now(), processor_time());
    let tasks: Vec<_> = (0..producers)
        .map(|producer| {
            let (db, stop, done) = (db.clone(), Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(async move {
                let mut slowest = Duration::ZERO;
                while !stop.load(Ordering::Relaxed) {
                    let asked = Instant::now();
                    write_pair(&db, producer, done.fetch_add(1, Ordering::Relaxed)).await?;
                    slowest = slowest.max(asked.elapsed());
                }
                Ok::<_, Error>(slowest)
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut slowest = Duration::ZERO;
    for task in tasks {
        slowest = slowest.max(task.await.map_err(Error::internal)??);
    }
    let (elapsed, spent) = (begun.elapsed(), processor_time().saturating_sub(before));
    let count = done.load(Ordering::Relaxed);
    let stored = db.read(async |tx| tx.scalar::<i64>("SELECT count(*) FROM bench_events", &[]).await).await?;
    println!(
        "{producers} producers, {count} transactions in {:.1} s: {:.0}/s, {:.1} µs processor time each, slowest {} ms, \
         {} rows found",
        elapsed.as_secs_f64(),
        count as f64 / elapsed.as_secs_f64(),
        spent.as_secs_f64() * 1e6 / count.max(1) as f64,
        slowest.as_millis(),
        stored.unwrap_or_default(),
    );
    db.tx(async |tx| tx.batch("DROP TABLE bench_messages; DROP TABLE bench_events").await).await?;
    db.tx(async |tx| tx.batch("DROP TABLE refinery_schema_history").await).await?;
    db.close().await;
    Ok(())
}

async fn write_pair(db: &Db, producer: u64, count: u64) -> Result<()> {
    let at = Timestamp::from_millis(i64::try_from(count).unwrap_or_default() + 1_790_000_000_000);
    let (message, event) = (RandomIds.uuid(at), RandomIds.uuid(at));
    let conversation = uuid::Uuid::from_u128(producer.into());
    db.tx(async move |tx| {
        tx.execute(
            "INSERT INTO bench_messages (id, conversation_id, body, at) VALUES ($1, $2, $3, $4)",
            &params![message, conversation, BODY, at],
        )
        .await?;
        tx.execute(
            "INSERT INTO bench_events (id, kind, subject_id, data, at) VALUES ($1, $2, $3, $4, $5)",
            &params![event, "message.created", message, "{\"kind\":\"text\"}", at],
        )
        .await?;
        Ok(())
    })
    .await
}

/// User and system time of this process, in the kernel's ticks of 10 ms.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|f| f.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
