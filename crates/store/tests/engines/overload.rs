//! Too much work is turned away, and a defect in one transaction does not stop the rest.

use std::{sync::mpsc, time::Duration};

use futures_util::future::join_all;
use heard_kernel::{Result, codes};
use heard_store::{Db, DbConfig, Sizing, codes as store_codes, params};

use crate::world::{SCHEMA, count, insert, sqlite};

async fn small() -> (Db, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let sizing = Sizing { readers: 1, queue: 4, group: 2, read_limit: Duration::from_millis(200) };
    let db = Db::open(&DbConfig::Sqlite { dir: dir.path().into(), sizing }).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    (db, dir)
}

/// A closure that holds its thread until the sender goes.
fn hold(gate: mpsc::Receiver<()>) -> impl Fn() + Send + Sync {
    let gate = std::sync::Mutex::new(gate);
    move || {
        let _ = gate.lock().unwrap().recv();
    }
}

fn outcomes(results: &[Result<u64>]) -> (usize, usize) {
    let turned_away = results.iter().filter(|r| r.as_ref().is_err_and(|e| e.is(codes::OVERLOADED))).count();
    (results.iter().filter(|r| r.is_ok()).count(), turned_away)
}

#[tokio::test]
async fn a_full_queue_turns_callers_away() {
    let (db, _dir) = small().await;
    let (open, gate) = mpsc::channel();
    let wait = hold(gate);
    let slow = tokio::spawn({
        let db = db.clone();
        async move {
            db.tx(async move |_| {
                wait();
                Ok(())
            })
            .await
        }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let waiting = tokio::spawn({
        let db = db.clone();
        async move { join_all((0..10).map(|n| insert(&db, n))).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let late = insert(&db, 99).await.unwrap_err();
    assert_eq!((late.code().id, &late.params()["retry_after"]), ("overloaded", &1.into()));
    drop(open);
    slow.await.unwrap().unwrap();
    let (stored, turned_away) = outcomes(&waiting.await.unwrap());
    assert!(stored >= 4 && stored + turned_away == 10, "{stored} stored, {turned_away} turned away");
    assert_eq!(count(&db).await, stored as i64);
}

#[tokio::test]
async fn a_full_queue_of_reads_turns_callers_away() {
    let (db, _dir) = small().await;
    let (open, gate) = mpsc::channel();
    let wait = hold(gate);
    let slow = tokio::spawn({
        let db = db.clone();
        async move {
            db.read(async move |_| {
                wait();
                Ok(())
            })
            .await
        }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let waiting = tokio::spawn({
        let db = db.clone();
        async move { join_all((0..10).map(|_| db.read(async |tx| tx.execute("SELECT 1", &[]).await))).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(open);
    slow.await.unwrap().unwrap();
    let (read, turned_away) = outcomes(&waiting.await.unwrap());
    assert!(
        read >= 4 && turned_away >= 1 && read + turned_away == 10,
        "{read} read, {turned_away} turned away"
    );
}

#[tokio::test]
async fn what_nobody_waits_for_does_not_begin() {
    let (db, _dir) = small().await;
    let (open, gate) = mpsc::channel();
    let wait = hold(gate);
    let slow = tokio::spawn({
        let db = db.clone();
        async move {
            db.tx(async move |_| {
                wait();
                Ok(())
            })
            .await
        }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    let impatient = tokio::time::timeout(Duration::from_millis(50), insert(&db, 1)).await;
    assert!(impatient.is_err());
    drop(open);
    slow.await.unwrap().unwrap();
    insert(&db, 2).await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn waiting_for_something_else_is_reported() {
    let world = sqlite().await;
    let waits = |n: i64| {
        let db = world.db.clone();
        async move {
            db.tx(async move |tx| {
                tx.execute("INSERT INTO notes (n) VALUES ($1)", &params![n]).await?;
                std::future::pending::<()>().await;
                Ok(())
            })
            .await
        }
    };
    let (bad, good) =
        tokio::join!(join_all((0..5).map(waits)), join_all((10..15).map(|n| insert(&world.db, n))));
    assert!(bad.iter().all(|r| r.as_ref().is_err_and(|e| e.to_string().contains("awaited"))), "{bad:?}");
    assert!(good.iter().all(Result::is_ok));
    let read: Result<()> = world
        .db
        .read(async |_| {
            std::future::pending::<()>().await;
            Ok(())
        })
        .await;
    assert!(read.unwrap_err().is(codes::INTERNAL));
    assert_eq!(count(&world.db).await, 5);
    let notes = "SELECT count(*) FROM notes";
    assert_eq!(world.db.read(async |tx| tx.scalar::<i64>(notes, &[]).await).await.unwrap(), Some(0));
}

#[tokio::test]
async fn a_read_that_takes_too_long_is_cut_off() {
    let (db, _dir) = small().await;
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    for _ in 0..2 {
        let cut = db.read(async |tx| tx.scalar::<i64>(endless, &[]).await).await.unwrap_err();
        assert!(cut.is(store_codes::STORAGE_TIMEOUT), "{cut:?}");
        assert_eq!(count(&db).await, 0);
    }
}
