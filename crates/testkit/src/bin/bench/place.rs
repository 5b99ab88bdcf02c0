//! Where a measurement keeps its data, and the processes that serve it.

use std::{path::PathBuf, process::Command, sync::Arc, time::Duration};

use heard_store::{Db, DbConfig, Sizing};
use heard_testkit::{
    TestDb,
    bench::{Load, Request, Served, quantile},
};

/// An empty database with a folder, gone when this goes.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    database: Option<TestDb>,
}

fn server() -> Option<String> {
    ["HEARD_BENCH_POSTGRES", "HEARD_TEST_POSTGRES"].iter().find_map(|name| std::env::var(name).ok())
}

impl Place {
    /// The embedded database.
    pub(crate) fn embedded() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// A database on the server.
    pub(crate) fn postgres() -> Self {
        let server = server().expect("a server");
        let database = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(TestDb::postgres_on(&server))
        });
        Self { database: Some(database), ..Self::embedded() }
    }

    /// What matters of the server's settings, when there is one.
    pub(crate) async fn server() -> Option<String> {
        let db = Db::open(&DbConfig::Postgres { url: server()?, connections: 2 }).await.ok()?;
        let sql = "SELECT name || ' ' || setting FROM pg_settings WHERE name IN ('fsync', 'server_version') ORDER BY name DESC";
        let rows: Vec<(String,)> = db.read(async move |tx| tx.query(sql, &[]).await).await.ok()?;
        db.close().await;
        Some(rows.into_iter().map(|(text,)| text).collect::<Vec<_>>().join(", "))
    }

    fn url(&self) -> Option<String> {
        self.database.as_ref().and_then(TestDb::url)
    }

    /// Serves the floor.
    pub(crate) fn floor(&self) -> Served {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("floor").arg(self.folder.path()).args(self.url());
        Served::start(command).expect("the floor starts")
    }

    /// Serves Heard: the binary beside this program, or what `HEARD_BIN` names.
    pub(crate) fn heard(&self) -> Served {
        let beside = std::env::current_exe().unwrap().with_file_name("heard");
        let mut command = Command::new(std::env::var_os("HEARD_BIN").map_or(beside, PathBuf::from));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.folder.path());
        command.env("HEARD_LOG_LEVEL", "error");
        for limit in ["VISITS_PER_ADDRESS", "VISITOR_MESSAGES"] {
            command.env(format!("HEARD_LIMITS_{limit}_PER_MINUTE"), "100000000");
        }
        if let Some(url) = self.url() {
            command.args(["--database", &url]);
        }
        Served::start(command).expect("heard starts")
    }

    /// The database, for filling it while nobody serves.
    pub(crate) async fn open(&self) -> Db {
        let config = match self.url() {
            Some(url) => DbConfig::Postgres { url, connections: 4 },
            None => DbConfig::Sqlite { dir: self.folder.path().into(), sizing: Sizing::default() },
        };
        Db::open(&config).await.expect("the database opens")
    }
}

/// What a load cost.
pub(crate) struct Cost {
    /// Microseconds of the process's CPU for each request, with what is done for it afterwards.
    pub(crate) cpu: f64,
    /// Requests a second.
    pub(crate) rate: f64,
    /// Median and 99th percentile in milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// Sends requests over some connections.
pub(crate) async fn load(
    served: &Served,
    connections: usize,
    requests: u64,
    make: impl Fn(u64) -> Request + Send + Sync + 'static,
) -> Cost {
    quiet(served).await;
    let before = served.cpu().unwrap();
    let load = Load { address: served.address, connections, requests, make: Arc::new(make) };
    let mut outcome = load.run().await.expect("the load runs");
    quiet(served).await;
    let used = served.cpu().unwrap().saturating_sub(before);
    assert_eq!(outcome.refused, 0, "requests were refused");
    Cost {
        cpu: used.as_secs_f64() * 1e6 / requests as f64,
        rate: outcome.fine as f64 / outcome.took.as_secs_f64(),
        p50: quantile(&mut outcome.latencies, 0.5),
        p99: quantile(&mut outcome.latencies, 0.99),
    }
}

/// Waits until the process rests, so that all that follows from what was asked is counted.
pub(crate) async fn quiet(served: &Served) {
    let mut before = served.cpu().unwrap();
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = served.cpu().unwrap();
        if now - before <= Duration::from_millis(10) {
            return;
        }
        before = now;
    }
}
