//! Transactions are kept whole or not at all, and one that fails harms no other.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use heard_kernel::{Error, Result, codes};
use heard_store::{Db, Engine, Value, params};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::world::{World, count, insert, on_both};

const INSERT: &str = "INSERT INTO things (id, name, n, doc, at) VALUES ($1, 'x', $2, '', 0)";

async fn a_failed_transaction_leaves_nothing_and_harms_no_other(world: World) {
    let attempt = |n: i64| {
        let db = world.db.clone();
        async move {
            db.tx(async move |tx| {
                if n % 4 == 2 {
                    return Err(Error::new(codes::FORBIDDEN));
                }
                tx.execute(INSERT, &params![Uuid::from_u128(n as u128), n]).await?;
                tx.execute(
                    "INSERT INTO notes (n, thing_id) VALUES ($1, $2)",
                    &params![n, Uuid::from_u128(n as u128)],
                )
                .await?;
                match n % 4 {
                    0 => Err(Error::new(codes::NOT_FOUND)),
                    1 => panic!("a defect in a transaction"),
                    _ => Ok(()),
                }
            })
            .await
        }
    };
    for (n, result) in join_all((0..200).map(attempt)).await.into_iter().enumerate() {
        match n % 4 {
            0 => assert!(result.unwrap_err().is(codes::NOT_FOUND)),
            1 => assert!(result.unwrap_err().is(codes::INTERNAL)),
            2 => assert!(result.unwrap_err().is(codes::FORBIDDEN)),
            _ => result.unwrap(),
        }
    }
    assert_eq!(count(&world.db).await, 50);
    let notes = "SELECT count(*) FROM notes";
    assert_eq!(world.db.read(async |tx| tx.scalar::<i64>(notes, &[]).await).await.unwrap(), Some(50));
}

async fn a_taken_key_is_told(world: World) {
    insert(&world.db, 1).await.unwrap();
    let twice = insert(&world.db, 1).await.unwrap_err();
    assert!(twice.is(codes::ALREADY_EXISTS), "{twice:?}");
    assert!(twice.to_string().contains("world.rs"), "the place is told: {twice}");
    let orphan = world
        .db
        .tx(async |tx| {
            tx.execute("INSERT INTO notes (n, thing_id) VALUES (1, $1)", &params![Uuid::max()]).await
        })
        .await
        .unwrap_err();
    assert!(orphan.is(codes::INTERNAL), "a broken reference is a defect: {orphan:?}");
}

async fn a_transaction_cannot_go_on_after_a_failed_statement(world: World) {
    insert(&world.db, 1).await.unwrap();
    let swallowed = world
        .db
        .tx(async |tx| {
            tx.execute(INSERT, &params![Uuid::from_u128(2), 2]).await?;
            let taken = tx.execute(INSERT, &params![Uuid::from_u128(1), 1]).await;
            assert!(taken.unwrap_err().is(codes::ALREADY_EXISTS));
            Ok("stored")
        })
        .await
        .unwrap_err();
    assert!(swallowed.is(codes::INTERNAL), "{swallowed:?}");
    assert!(swallowed.to_string().contains("transactions.rs"), "the first failure is named: {swallowed}");
    assert_eq!(count(&world.db).await, 1);
}

async fn what_is_left_for_later_is_seen_in_its_order(world: World) {
    let put = "INSERT INTO things (id, name, n, doc, at) VALUES ($1, 'x', $2, '', 0)";
    let sum = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM things";
    let seen = world
        .db
        .tx(async |tx| {
            let before = tx.scalar::<i64>(sum, &[]).await?;
            for n in 0..250 {
                tx.later(put, &params![Uuid::from_u128(n), 1]).await?;
            }
            let between = tx.scalar::<i64>(sum, &[]).await?;
            tx.later("UPDATE things SET n = n * 2", &[]).await?;
            let changed = tx.execute("UPDATE things SET n = n + 1 WHERE n = 2", &[]).await?;
            tx.later("DELETE FROM things WHERE id = $1", &params![Uuid::from_u128(7)]).await?;
            Ok((before, between, changed))
        })
        .await
        .unwrap();
    assert_eq!(seen, (Some(0), Some(250), 250));
    assert_eq!(world.db.read(async |tx| tx.scalar::<i64>(sum, &[]).await).await.unwrap(), Some(249 * 3));
}

async fn rows_are_inserted_together(world: World) {
    let head = "INSERT INTO things (id, name, n, doc, at)";
    let row = |id: u128, n: i64| params![Uuid::from_u128(id), "x", n, "", 0].to_vec();
    let put = async |rows: Vec<Vec<Value>>, tail: &'static str| {
        world.db.tx(async move |tx| tx.later_rows(head, &rows, tail).await).await
    };
    let sum = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM things";
    let sum = async || world.db.read(async |tx| tx.scalar::<i64>(sum, &[]).await).await.unwrap();
    put(Vec::new(), "").await.unwrap();
    put((0..70).map(|id| row(id, 1)).collect(), "").await.unwrap();
    assert_eq!(sum().await, Some(70));
    let refused = put((60..80).map(|id| row(id, 5)).collect(), "").await.unwrap_err();
    assert!(refused.is(codes::ALREADY_EXISTS), "{refused:?}");
    assert_eq!(sum().await, Some(70), "nothing of it remains");
    let replace = "ON CONFLICT (id) DO UPDATE SET n = excluded.n";
    put((60..80).map(|id| row(id, 5)).collect(), replace).await.unwrap();
    assert_eq!(sum().await, Some(60 + 20 * 5));
}

async fn what_is_left_for_later_fails_the_transaction(world: World) {
    insert(&world.db, 1).await.unwrap();
    // With the commit, and with a statement before it that the server refuses for the earlier failure.
    for ends in [false, true] {
        let refused = world
            .db
            .tx(async move |tx| {
                tx.later(INSERT, &params![Uuid::from_u128(2), 2]).await?;
                tx.later(INSERT, &params![Uuid::from_u128(1), 1]).await?;
                if ends {
                    tx.execute("UPDATE things SET n = 9", &[]).await?;
                }
                Ok(())
            })
            .await
            .unwrap_err();
        assert!(refused.is(codes::ALREADY_EXISTS), "{refused:?}");
        assert!(refused.to_string().contains("transactions.rs"), "the place is told: {refused}");
        assert_eq!(count(&world.db).await, 1, "nothing of it remains");
    }
    let swallowed = world
        .db
        .tx(async |tx| {
            let first = tx.later(INSERT, &params![Uuid::from_u128(1), 1]).await;
            let then = tx.scalar::<i64>("SELECT count(*) FROM things", &[]).await;
            assert!(first.is_err() || then.is_err());
            Ok(())
        })
        .await
        .unwrap_err();
    assert!(swallowed.is(codes::INTERNAL), "{swallowed:?}");
}

async fn counters_lose_nothing(world: World) {
    insert(&world.db, 0).await.unwrap();
    let add = |_| world.db.tx(async |tx| tx.execute("UPDATE things SET n = n + 1", &[]).await);
    join_all((0..100).map(add)).await.into_iter().collect::<Result<Vec<u64>>>().unwrap();
    assert_eq!(
        world.db.read(async |tx| tx.scalar("SELECT n FROM things", &[]).await).await.unwrap(),
        Some(100)
    );
}

async fn reads_see_what_was_acknowledged(world: World) {
    for n in 0..50 {
        insert(&world.db, n).await.unwrap();
        assert_eq!(count(&world.db).await, n + 1);
    }
    let refused = world.db.read(async |tx| tx.execute("DELETE FROM things", &[]).await).await;
    if world.db.engine() == Engine::Sqlite {
        assert!(refused.unwrap_err().is(codes::STORAGE_READ_ONLY));
    }
    let failed: Result<()> = world.db.read(async |_| Err(Error::new(codes::NOT_FOUND))).await;
    assert!(failed.unwrap_err().is(codes::NOT_FOUND));
    let panicked: Result<()> = world.db.read(async |_| panic!("a defect in a read")).await;
    assert!(panicked.unwrap_err().is(codes::INTERNAL));
}

async fn a_snapshot_stays_at_its_moment(world: World) {
    insert(&world.db, 1).await.unwrap();
    let (begun, go_on) =
        (Arc::new(Notify::new()), Arc::new((std::sync::Mutex::new(false), std::sync::Condvar::new())));
    let (started, gate) = (Arc::clone(&begun), Arc::clone(&go_on));
    let db = world.db.clone();
    let snapshot = tokio::spawn(async move {
        db.snapshot(async move |tx| {
            let before = tx.scalar::<i64>("SELECT count(*) FROM things", &[]).await?;
            started.notify_one();
            // It has a thread of its own, so it may block.
            drop(gate.1.wait_while(gate.0.lock().unwrap(), |open| !*open).unwrap());
            Ok((before, tx.scalar::<i64>("SELECT count(*) FROM things", &[]).await?))
        })
        .await
    });
    begun.notified().await;
    for n in 2..20 {
        insert(&world.db, n).await.unwrap();
    }
    *go_on.0.lock().unwrap() = true;
    go_on.1.notify_all();
    assert_eq!(snapshot.await.unwrap().unwrap(), (Some(1), Some(1)));
    assert_eq!(count(&world.db).await, 19);
    let written = world.db.snapshot(async |tx| tx.execute("DELETE FROM things", &[]).await).await;
    assert!(written.unwrap_err().is(codes::STORAGE_READ_ONLY));
}

async fn a_caller_that_goes_away_leaves_whole_transactions(world: World) {
    let write_two = |db: Db, n: i64| async move {
        db.tx(async move |tx| {
            tx.execute(INSERT, &params![Uuid::from_u128(n as u128), n]).await?;
            tx.execute(INSERT, &params![Uuid::from_u128((n + 1) as u128), n + 1]).await
        })
        .await
    };
    for n in (0..200).step_by(2) {
        let task = tokio::spawn(write_two(world.db.clone(), n));
        if n % 3 == 0 {
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(Duration::from_micros(40 * n as u64)).await;
        }
        task.abort();
    }
    // What had begun goes on; wait for it by a transaction of the same kind.
    write_two(world.db.clone(), 1_000).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let odd = "SELECT count(*) FROM things a WHERE NOT EXISTS (SELECT 1 FROM things b \
               WHERE b.n = a.n + 1 - 2 * (a.n % 2))";
    assert_eq!(world.db.read(async |tx| tx.scalar::<i64>(odd, &[]).await).await.unwrap(), Some(0));
}

async fn a_closed_database_says_so(world: World) {
    insert(&world.db, 1).await.unwrap();
    world.db.close().await;
    assert!(insert(&world.db, 2).await.unwrap_err().is(codes::STORAGE_UNAVAILABLE));
    let db = Db::open(&world.place.config()).await.unwrap();
    assert_eq!(count(&db).await, 1);
}

on_both!(
    a_failed_transaction_leaves_nothing_and_harms_no_other,
    a_taken_key_is_told,
    a_transaction_cannot_go_on_after_a_failed_statement,
    what_is_left_for_later_is_seen_in_its_order,
    rows_are_inserted_together,
    what_is_left_for_later_fails_the_transaction,
    counters_lose_nothing,
    reads_see_what_was_acknowledged,
    a_snapshot_stays_at_its_moment,
    a_caller_that_goes_away_leaves_whole_transactions,
    a_closed_database_says_so,
);
