//! Fresh databases for tests.

use std::path::PathBuf;

use heard_kernel::{Clock, Ids, RandomIds, SystemClock};
use heard_store::{Db, DbConfig, Migration, Sizing, params};
use uuid::Uuid;

pub(crate) const SCHEMA: &[Migration] = &[
    Migration::portable(
        2026010101,
        "things",
        "CREATE TABLE things (id UUID PRIMARY KEY, name TEXT NOT NULL, n BIGINT NOT NULL, ratio DOUBLE PRECISION, \
         done BOOLEAN NOT NULL DEFAULT FALSE, body BYTEA, doc TEXT NOT NULL, at BIGINT NOT NULL);",
    ),
    Migration::portable(
        2026010102,
        "notes",
        "CREATE TABLE notes (n BIGINT PRIMARY KEY, thing_id UUID REFERENCES things (id), text TEXT);",
    ),
];

/// An open database that goes away with this.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) place: Place,
}

/// Where the database is.
pub(crate) enum Place {
    Dir(tempfile::TempDir),
    Server(Database),
}

impl Place {
    pub(crate) fn config(&self) -> DbConfig {
        match self {
            Self::Dir(dir) => at(dir.path()),
            Self::Server(database) => DbConfig::Postgres { url: database.url(""), connections: 8 },
        }
    }
}

/// A database on the test server, dropped with this.
pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// Its address with `options`, such as `?options=…`.
    pub(crate) fn url(&self, options: &str) -> String {
        let (base, _) = self.server.rsplit_once('/').unwrap();
        format!("{base}/{}{options}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let server = self.server.clone();
        let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let dropped = std::thread::spawn(move || run_on(server, sql)).join();
        if !std::thread::panicking() {
            dropped.unwrap();
        }
    }
}

/// Runs a statement on the server, outside a transaction.
fn run_on(url: String, sql: String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::open(&DbConfig::Postgres { url, connections: 2 }).await.unwrap();
        db.read(async move |tx| tx.batch(&sql).await).await.unwrap();
    });
}

pub(crate) fn at(dir: impl Into<PathBuf>) -> DbConfig {
    DbConfig::Sqlite { dir: dir.into(), sizing: Sizing::default() }
}

pub(crate) fn new_id() -> Uuid {
    RandomIds.uuid(SystemClock.now())
}

/// An embedded database without a table.
pub(crate) async fn empty_sqlite() -> World {
    let dir = tempfile::tempdir().unwrap();
    World { db: Db::open(&at(dir.path())).await.unwrap(), place: Place::Dir(dir) }
}

/// A database without a table on the server that HEARD_TEST_POSTGRES names; `make test` starts one.
pub(crate) async fn empty_postgres() -> Option<World> {
    let server = std::env::var("HEARD_TEST_POSTGRES").ok()?;
    let database = Database { name: format!("store_{}", new_id().simple()), server };
    let (server, sql) = (database.server.clone(), format!("CREATE DATABASE {}", database.name));
    std::thread::spawn(move || run_on(server, sql)).join().unwrap();
    let place = Place::Server(database);
    Some(World { db: Db::open(&place.config()).await.unwrap(), place })
}

pub(crate) async fn sqlite() -> World {
    let world = empty_sqlite().await;
    world.db.migrate(SCHEMA).await.unwrap();
    world
}

pub(crate) async fn postgres() -> Option<World> {
    let world = empty_postgres().await?;
    world.db.migrate(SCHEMA).await.unwrap();
    Some(world)
}

/// The address of a migrated database on the server, for tests with settings of their own.
pub(crate) async fn postgres_database() -> Option<Database> {
    match postgres().await?.place {
        Place::Server(database) => Some(database),
        Place::Dir(_) => None,
    }
}

/// Inserts a thing with number `n`.
pub(crate) async fn insert(db: &Db, n: i64) -> heard_kernel::Result<u64> {
    db.tx(async move |tx| {
        tx.execute(
            "INSERT INTO things (id, name, n, doc, at) VALUES ($1, $2, $3, '{}', 0)",
            &params![Uuid::from_u128(n as u128), format!("thing {n}"), n],
        )
        .await
    })
    .await
}

/// How many things there are.
pub(crate) async fn count(db: &Db) -> i64 {
    db.read(async |tx| tx.scalar("SELECT count(*) FROM things", &[]).await).await.unwrap().unwrap()
}

/// Runs each function on a fresh, migrated database of both engines.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $test() { super::$test(crate::world::sqlite().await).await; })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $test() {
                if let Some(world) = crate::world::postgres().await { super::$test(world).await; }
            })*
        }
    };
}
pub(crate) use on_both;
