//! The PostgreSQL server goes away and comes back.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use heard_kernel::codes;
use heard_store::{Db, DbConfig};

use crate::world::{SCHEMA, count, insert};

/// A cluster of its own, gone with this.
struct Cluster {
    dir: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// None where the server's programs are not installed.
    fn start() -> Option<Self> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let mut bins: Vec<PathBuf> = versions.filter_map(|v| Some(v.ok()?.path().join("bin"))).collect();
        bins.sort();
        let bin = bins.pop()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { dir: tempfile::tempdir().unwrap(), bin, port };
        if is_root() {
            run(Command::new("chown").arg("nobody").arg(cluster.dir.path()));
        }
        let args = ["--username=heard", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(cluster.command("initdb").args(args));
        cluster.up();
        Some(cluster)
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// PostgreSQL refuses to run as root, so root lends it another user.
    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.dir.path()).arg("--pgdata").arg(self.data());
        command
    }

    fn up(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
            self.port
        );
        let log = self.data().join("log");
        run(self.command("pg_ctl").args(["start", "-s", "-w", "-o", &options, "-l"]).arg(log));
    }

    fn down(&self, mode: &str) {
        run(self.command("pg_ctl").args(["stop", "-s", "-w", "-m", mode]));
    }

    fn config(&self) -> DbConfig {
        let url = format!("postgres://heard@127.0.0.1:{}/postgres", self.port);
        DbConfig::Postgres { url, connections: 4 }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl").args(["stop", "-s", "-m", "immediate"]).output();
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().is_ok_and(|me| me.uid() == 0)
}

#[track_caller]
fn run(command: &mut Command) {
    // The server keeps what it inherits open, so nothing is captured.
    let status =
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pool_recovers_when_the_server_comes_back() {
    let Some(cluster) = Cluster::start() else { return };
    let db = Db::open(&cluster.config()).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let mut stored = 0;
    for mode in ["fast", "immediate"] {
        // Fill the pool, so that dead connections wait in it.
        let writes = futures_util::future::join_all((0..8).map(|n| insert(&db, stored + n))).await;
        assert!(writes.iter().all(Result::is_ok));
        stored += 8;
        cluster.down(mode);
        let begun = Instant::now();
        let away = insert(&db, 1_000).await.unwrap_err();
        assert!(away.is(codes::STORAGE_UNAVAILABLE), "{away:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "told at once, not after a time-out");
        cluster.up();
        // The first call after the server is back goes well, whatever the pool still holds.
        insert(&db, stored).await.unwrap();
        stored += 1;
        assert_eq!(count(&db).await, stored);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_the_servers_restarts() {
    let Some(cluster) = Cluster::start() else { return };
    let db = Db::open(&cluster.config()).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            let mut acknowledged = Vec::new();
            let mut n = 0;
            while acknowledged.len() < 2_000 {
                if insert(&db, n).await.is_ok() {
                    acknowledged.push(n);
                }
                n += 1;
            }
            acknowledged
        }
    });
    for mode in ["fast", "immediate"] {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let cluster = &cluster;
        tokio::task::block_in_place(|| {
            cluster.down(mode);
            cluster.up();
        });
    }
    let acknowledged = writer.await.unwrap();
    let kept: Vec<(i64,)> =
        db.read(async |tx| tx.query("SELECT n FROM things ORDER BY n", &[]).await).await.unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|n| kept.binary_search(&(**n,)).is_err()).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}
