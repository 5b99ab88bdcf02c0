//! What only PostgreSQL can do to a transaction.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use futures_util::future::join_all;
use heard_kernel::{Error, Result, codes};
use heard_store::{Db, DbConfig, NOTICE_BYTES, Tx, codes as store_codes, params};

use crate::world::{count, insert, postgres, postgres_database};

async fn scalar(tx: &Tx<'_>, sql: &str) -> Result<i64> {
    Ok(tx.scalar::<i64>(sql, &[]).await?.unwrap_or_default())
}

#[tokio::test]
async fn a_transaction_that_loses_a_deadlock_runs_again() {
    let Some(database) = postgres_database().await else { return };
    let url = database.url("?options=-c%20deadlock_timeout%3D20ms");
    let db = Db::open(&DbConfig::Postgres { url, connections: 4 }).await.unwrap();
    for n in 0..2 {
        insert(&db, n).await.unwrap();
    }
    let runs = Arc::new(AtomicU32::new(0));
    let crossing = |first: i64| {
        let (db, runs) = (db.clone(), Arc::clone(&runs));
        async move {
            db.tx(async move |tx| {
                runs.fetch_add(1, Ordering::SeqCst);
                let lock = "UPDATE things SET at = at + 1 WHERE n = $1";
                tx.execute(lock, &params![first]).await?;
                tx.execute("SELECT pg_sleep(0.05)", &[]).await?;
                tx.execute(lock, &params![1 - first]).await
            })
            .await
        }
    };
    let (one, two) = tokio::join!(crossing(0), crossing(1));
    assert_eq!((one.unwrap(), two.unwrap()), (1, 1));
    assert!(runs.load(Ordering::SeqCst) >= 3, "one of them ran twice");
    let sum = db.read(async |tx| scalar(tx, "SELECT CAST(sum(at) AS BIGINT) FROM things").await).await;
    assert_eq!(sum.unwrap(), 4, "each change took effect once");
}

#[tokio::test]
async fn a_transaction_that_could_not_be_put_in_order_runs_again() {
    let Some(world) = postgres().await else { return };
    let runs = Arc::new(AtomicU32::new(0));
    // Each stores the number of rows that it saw: in any order they are 0, 1, 2 …
    let append = |_| {
        let (db, runs) = (world.db.clone(), Arc::clone(&runs));
        async move {
            db.tx(async move |tx| {
                runs.fetch_add(1, Ordering::SeqCst);
                tx.batch("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").await?;
                let seen = scalar(tx, "SELECT count(*) FROM notes").await?;
                tx.execute("SELECT pg_sleep(0.02)", &[]).await?;
                tx.execute("INSERT INTO notes (n) VALUES ($1 + 0)", &params![seen]).await
            })
            .await
        }
    };
    let results = join_all((0..2).map(append)).await;
    // The second one sees the first one's row when it runs again, or its key is taken at once.
    let stored = results.iter().filter(|r| r.is_ok()).count();
    assert!(stored >= 1 && runs.load(Ordering::SeqCst) >= 2, "{results:?}");
    let rows = world.db.read(async |tx| scalar(tx, "SELECT count(*) FROM notes").await).await.unwrap();
    assert_eq!(rows, stored as i64);
}

#[tokio::test]
async fn a_transaction_that_always_loses_gives_up() {
    let Some(world) = postgres().await else { return };
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let lost: Result<()> = world
        .db
        .tx(async move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            Err(Error::new(store_codes::STORAGE_BUSY))
        })
        .await;
    assert!(lost.unwrap_err().is(store_codes::STORAGE_BUSY));
    assert_eq!(runs.load(Ordering::SeqCst), 8);
}

#[tokio::test]
async fn a_transaction_that_only_writes_at_its_end_begins_again_when_its_connection_is_dead() {
    let Some(database) = postgres_database().await else { return };
    let open =
        async || Db::open(&DbConfig::Postgres { url: database.url(""), connections: 2 }).await.unwrap();
    let (db, administrator) = (open().await, open().await);
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let write = db.tx(async move |tx| {
        // The connection dies after the transaction got it and before anything was sent.
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            let end = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            assert!(administrator.read(async move |tx| scalar(tx, end).await).await? >= 1);
        }
        for n in 0..3_i64 {
            tx.later("INSERT INTO notes (n) VALUES ($1 + 0)", &params![n]).await?;
        }
        Ok(())
    });
    write.await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2, "once on the dead connection and once on another");
    let rows = db.read(async |tx| scalar(tx, "SELECT count(*) FROM notes").await).await.unwrap();
    assert_eq!(rows, 3, "each statement took effect once");
}

#[tokio::test]
async fn no_connection_is_given_back_inside_a_transaction() {
    let Some(database) = postgres_database().await else { return };
    let db = Db::open(&DbConfig::Postgres { url: database.url(""), connections: 2 }).await.unwrap();
    for round in 0..20 {
        let spoiled: Result<u64> = db
            .tx(async move |tx| match round % 5 {
                0 => tx.execute("SELECT 1 / 0", &[]).await,
                1 => tx.execute("SELECT nothing FROM nowhere", &[]).await,
                2 => panic!("a defect in a transaction"),
                3 => {
                    let _ = tx.execute("SELECT 1 / 0", &[]).await;
                    Ok(0)
                }
                _ => tx.execute("INSERT INTO things (id) VALUES ($1)", &params!["no uuid"]).await,
            })
            .await;
        assert!(spoiled.unwrap_err().is(codes::INTERNAL));
        // This is refused inside a transaction, and an aborted one refuses everything.
        let vacuum = join_all((0..2).map(|_| db.read(async |tx| tx.batch("VACUUM notes").await))).await;
        vacuum.into_iter().for_each(Result::unwrap);
    }
    insert(&db, 1).await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_cut_off() {
    let Some(database) = postgres_database().await else { return };
    let url = database.url("?options=-c%20statement_timeout%3D50ms");
    let db = Db::open(&DbConfig::Postgres { url, connections: 2 }).await.unwrap();
    let slow = async |tx: &Tx<'_>| tx.execute("SELECT pg_sleep(20)", &[]).await;
    assert!(db.tx(slow).await.unwrap_err().is(store_codes::STORAGE_TIMEOUT));
    assert!(db.read(slow).await.unwrap_err().is(store_codes::STORAGE_TIMEOUT));
    // A snapshot may take its time.
    db.snapshot(async |tx| tx.execute("SELECT pg_sleep(0.1)", &[]).await).await.unwrap();
    insert(&db, 1).await.unwrap();
}

#[tokio::test]
async fn connections_have_limits_unless_the_address_sets_others() {
    let Some(database) = postgres_database().await else { return };
    for (options, expected) in [("", "30s"), ("?options=-c%20statement_timeout%3D7s", "7s")] {
        let url = database.url(options);
        let db = Db::open(&DbConfig::Postgres { url, connections: 2 }).await.unwrap();
        let set = db
            .read(async |tx| tx.scalar::<String>("SELECT current_setting('statement_timeout')", &[]).await)
            .await
            .unwrap();
        assert_eq!(set.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_told_without_its_password() {
    for url in ["postgres://u:secret@127.0.0.1:1/x", "postgres://u:secret@[bad", "nonsense"] {
        let refused = Db::open(&DbConfig::Postgres { url: url.into(), connections: 2 }).await.err().unwrap();
        assert!(refused.is(codes::STORAGE_UNAVAILABLE), "{refused:?}");
        assert!(!format!("{refused:?}").contains("secret"), "{refused:?}");
    }
    let Some(database) = postgres_database().await else { return };
    let url = format!("{}_gone", database.url(""));
    let refused = Db::open(&DbConfig::Postgres { url, connections: 2 }).await.err().unwrap();
    assert!(refused.is(codes::STORAGE_UNAVAILABLE), "{refused:?}");
}

#[tokio::test]
async fn processes_hear_each_other() {
    let Some(world) = postgres().await else { return };
    let (heard, mut news) = tokio::sync::mpsc::unbounded_channel();
    let (mut processes, mut says) = (Vec::new(), Vec::new());
    for name in ["one", "two"] {
        let (db, heard) = (world.db.clone(), heard.clone());
        let (say, said) = tokio::sync::mpsc::channel::<String>(1);
        let said = Arc::new(tokio::sync::Mutex::new(said));
        says.push(say);
        processes.push(tokio::spawn(async move {
            let outgoing = || async { said.lock().await.recv().await.unwrap() };
            let hear = move |text: Option<&str>| heard.send((name, text.map(str::to_owned))).unwrap();
            db.exchange("heard_test", outgoing, hear).await
        }));
        assert_eq!(news.recv().await.unwrap(), (name, None));
    }
    for text in ["hello".to_owned(), "x".repeat(NOTICE_BYTES)] {
        says[0].send(text.clone()).await.unwrap();
        let mut both = [news.recv().await.unwrap(), news.recv().await.unwrap()];
        both.sort();
        assert_eq!(both, [("one", Some(text.clone())), ("two", Some(text))]);
    }
    processes.iter().for_each(tokio::task::JoinHandle::abort);
}
