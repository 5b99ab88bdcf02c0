//! A PostgreSQL server for a test.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use heard_store::DbConfig;

/// A cluster of its own, gone with this.
pub(crate) struct Cluster {
    dir: tempfile::TempDir,
    bin: PathBuf,
    pub(crate) port: u16,
}

impl Cluster {
    /// None where the server's programs are not installed.
    pub(crate) fn start() -> Option<Self> {
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

    pub(crate) fn data(&self) -> PathBuf {
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

    pub(crate) fn up(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off",
            self.port
        );
        let log = self.data().join("log");
        run(self.command("pg_ctl").args(["start", "-s", "-w", "-o", &options, "-l"]).arg(log));
    }

    pub(crate) fn down(&self, mode: &str) {
        run(self.command("pg_ctl").args(["stop", "-s", "-w", "-m", mode]));
    }

    pub(crate) fn config(&self) -> DbConfig {
        let url = format!("postgres://heard@127.0.0.1:{}/postgres", self.port);
        DbConfig::Postgres { url, connections: 4 }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl").args(["stop", "-s", "-m", "immediate"]).output();
    }
}

pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().is_ok_and(|me| me.uid() == 0)
}

#[track_caller]
pub(crate) fn run(command: &mut Command) {
    // The server keeps what it inherits open, so nothing is captured.
    let status =
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
