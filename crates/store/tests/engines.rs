//! The same statements on both engines.

use heard_kernel::{Clock, Error, Ids, RandomIds, SystemClock, Timestamp, codes};
use heard_store::{Db, DbConfig, Json, Migration, Sizing, params};
use uuid::Uuid;

const SCHEMA: &[Migration] = &[Migration::portable(
    2026010101,
    "things",
    "CREATE TABLE things (id UUID PRIMARY KEY, name TEXT NOT NULL, n BIGINT NOT NULL, ratio DOUBLE PRECISION, \
     done BOOLEAN NOT NULL DEFAULT FALSE, body BYTEA, doc TEXT NOT NULL, at BIGINT NOT NULL);",
)];

async fn sqlite() -> (Db, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&DbConfig::Sqlite { dir: dir.path().into(), sizing: Sizing::default() }).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    (db, dir)
}

async fn postgres() -> Db {
    let url = std::env::var("HEARD_TEST_POSTGRES")
        .expect("HEARD_TEST_POSTGRES names a server; `make test` starts one");
    let name = format!("store_{}", RandomIds.uuid(SystemClock.now()).simple());
    let admin = Db::open(&DbConfig::Postgres { url: url.clone(), connections: 2 }).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    admin.read(async move |tx| tx.batch(&create).await).await.unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    let db = Db::open(&DbConfig::Postgres { url: format!("{base}/{name}"), connections: 8 }).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    db
}

async fn values_round_trip(db: Db) {
    let id = RandomIds.uuid(SystemClock.now());
    let done = db
        .tx(async move |tx| {
            tx.execute(
                "INSERT INTO things (id, name, n, ratio, done, body, doc, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                &params![id, "倾听", 7, 0.5, true, vec![1_u8, 2], Json(vec!["a", "b"]), Timestamp::from_millis(9)],
            )
            .await
        })
        .await
        .unwrap();
    assert_eq!(done, 1);
    type Row = (Uuid, String, i64, Option<f64>, bool, Option<Vec<u8>>, Json<Vec<String>>, Timestamp);
    let row: Row = db
        .read(async move |tx| {
            tx.one(
                "SELECT id, name, n, ratio, done, body, doc, at FROM things WHERE done = true AND id = $1",
                &params![id],
            )
            .await
        })
        .await
        .unwrap();
    assert_eq!(row.0, id);
    assert_eq!((row.1.as_str(), row.2, row.3, row.4), ("倾听", 7, Some(0.5), true));
    assert_eq!((row.5, row.6.0.len(), row.7.millis()), (Some(vec![1, 2]), 2, 9));
}

async fn a_failed_transaction_leaves_nothing_and_harms_no_other(db: Db) {
    let insert = |n: i64, fail: bool| {
        let db = db.clone();
        async move {
            db.tx(async move |tx| {
                tx.execute(
                    "INSERT INTO things (id, name, n, doc, at) VALUES ($1, $2, $3, '{}', 0)",
                    &params![Uuid::from_u128(n as u128), "x", n],
                )
                .await?;
                if fail { Err(Error::new(codes::NOT_FOUND)) } else { Ok(()) }
            })
            .await
        }
    };
    let results = futures_util::future::join_all((0..200).map(|n| insert(n, n % 3 == 0))).await;
    for (n, result) in results.into_iter().enumerate() {
        assert_eq!(result.is_err(), n % 3 == 0);
    }
    let count: Option<i64> =
        db.read(async |tx| tx.scalar("SELECT count(*) FROM things", &[]).await).await.unwrap();
    assert_eq!(count, Some(133));
    let twice = insert(1, false).await.unwrap_err();
    assert!(twice.is(codes::ALREADY_EXISTS), "{twice:?}");
}

macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite { $(#[tokio::test] async fn $test() { let (db, _dir) = super::sqlite().await; super::$test(db).await; })* }
        mod on_postgres { $(#[tokio::test] async fn $test() { super::$test(super::postgres().await).await; })* }
    };
}

on_both!(values_round_trip, a_failed_transaction_leaves_nothing_and_harms_no_other);
