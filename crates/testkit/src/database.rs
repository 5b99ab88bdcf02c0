//! A database for one test, of either engine.

use std::sync::Arc;

use heard_kernel::{FixedClock, SeededIds, Timestamp};
use heard_runtime::{Config, Ctx};
use heard_store::{Db, DbConfig, Engine, Migration, Sizing};

/// A database for one test, with a data directory and a clock that stands at 2026-09-18 16:30 in Shanghai.
/// Both go away with it.
pub struct TestDb {
    /// The database, without tables.
    pub db: Db,
    /// The data directory.
    pub dir: tempfile::TempDir,
    /// The clock that the world goes by.
    pub clock: Arc<FixedClock>,
    config: DbConfig,
    dropped: Option<(String, String)>,
}

/// Friday 2026-09-18 16:30 in Shanghai.
const START: i64 = 1_789_720_200_000;

impl TestDb {
    /// A fresh embedded database.
    pub async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let config =
            DbConfig::Sqlite { dir: dir.path().into(), sizing: Sizing { readers: 2, ..Sizing::default() } };
        Self::of(dir, config, None).await
    }

    /// A fresh database on the server that `HEARD_TEST_POSTGRES` names.
    pub async fn postgres() -> Self {
        let server = std::env::var("HEARD_TEST_POSTGRES")
            .expect("HEARD_TEST_POSTGRES must name a PostgreSQL server; `make test` starts one");
        Self::postgres_on(&server).await
    }

    /// A fresh database on a server: `postgres://user@host:port/database`.
    pub async fn postgres_on(server: &str) -> Self {
        let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        let name = format!("heard_test_{}", std::process::id()) + &unique();
        run_on(server, &format!("CREATE DATABASE {name}")).await;
        let config = DbConfig::Postgres { url: format!("{base}/{name}"), connections: 6 };
        Self::of(tempfile::tempdir().unwrap(), config, Some((server.to_owned(), name))).await
    }

    async fn of(dir: tempfile::TempDir, config: DbConfig, dropped: Option<(String, String)>) -> Self {
        let db = Db::open(&config).await.unwrap();
        let clock = Arc::new(FixedClock::new(Timestamp::from_millis(START)));
        Self { db, dir, clock, config, dropped }
    }

    /// Creates the tables and gives the context that services work with.
    pub async fn ctx(&self, migrations: &[Migration]) -> Ctx {
        self.db.migrate(migrations).await.unwrap();
        self.ctx_on(self.db.clone(), 42)
    }

    /// The context of another process on the same database, with ids of its own for each `seed` but 42. PostgreSQL only.
    pub async fn second_ctx(&self, seed: u64) -> Ctx {
        self.ctx_on(self.second().await, seed)
    }

    fn ctx_on(&self, db: Db, seed: u64) -> Ctx {
        let config = Config {
            storage: heard_runtime::config::Storage { data: self.dir.path().into(), ..base_config().storage },
            ..base_config()
        };
        Ctx::new(db, self.clock.clone(), Arc::new(SeededIds::new(seed)), Arc::new(config))
    }

    /// The address of a PostgreSQL database, for a process of its own.
    pub fn url(&self) -> Option<String> {
        match &self.config {
            DbConfig::Postgres { url, .. } => Some(url.clone()),
            _ => None,
        }
    }

    /// Another handle on the same database, as another process would have. PostgreSQL only.
    pub async fn second(&self) -> Db {
        assert_eq!(self.db.engine(), Engine::Postgres, "an embedded database has one process");
        Db::open(&self.config).await.unwrap()
    }
}

impl Drop for TestDb {
    /// Removes the database from the server. A thread of its own, because the test's runtime may be ending.
    fn drop(&mut self) {
        if let Some((server, name)) = self.dropped.take() {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let thread = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(run_on(&server, &sql));
            });
            let _ = thread.join();
        }
    }
}

async fn run_on(server: &str, sql: &str) {
    let db = Db::open(&DbConfig::Postgres { url: server.to_owned(), connections: 2 }).await.unwrap();
    let sql = sql.to_owned();
    db.read(async move |tx| tx.batch(&sql).await).await.unwrap();
    db.close().await;
}

fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The default configuration, listening on a free port.
pub fn base_config() -> Config {
    let mut config = Config::default();
    config.server.listen = ([127, 0, 0, 1], 0).into();
    config
}
