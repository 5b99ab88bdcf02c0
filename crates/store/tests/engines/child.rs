//! This test binary as another process: a test that only does something when its parent asks for it.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use futures_util::stream::{FuturesUnordered, StreamExt};
use heard_store::Db;

use crate::world::{SCHEMA, at, insert};

const TASK: &str = "HEARD_STORE_TEST_TASK";
const DIR: &str = "HEARD_STORE_TEST_DIR";

/// Begins each line that is meant for the parent.
const MARK: &str = "@ ";

/// A child process that works on a data directory.
pub(crate) struct Process {
    pub(crate) child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts `task` below the words of `prefix`, such as a program that takes rights away.
    pub(crate) fn start(prefix: &[&str], task: &str, dir: &Path) -> Self {
        let me = std::env::current_exe().unwrap();
        let mut command = match prefix {
            [] => Command::new(&me),
            [program, args @ ..] => {
                let mut command = Command::new(program);
                command.args(args).arg(&me);
                command
            }
        };
        command.args(["child::task", "--exact", "--nocapture", "--test-threads=1"]);
        command.env(TASK, task).env(DIR, dir).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next line for the parent; none at the child's end.
    pub(crate) fn line(&mut self) -> Option<String> {
        loop {
            let line = self.lines.next()?.ok()?;
            // The test runner's own words may stand before the first one.
            if let Some((_, told)) = line.split_once(MARK) {
                return Some(told.to_owned());
            }
        }
    }

    pub(crate) fn rest(mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(line) = self.line() {
            lines.push(line);
        }
        self.child.wait().unwrap();
        lines
    }
}

fn tell(line: impl std::fmt::Display) {
    // One write per line, so that a kill never leaves half of one.
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{MARK}{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn task() {
    let (Ok(task), Ok(dir)) = (std::env::var(TASK), std::env::var(DIR)) else { return };
    let dir = Path::new(&dir);
    let db = match Db::open(&at(dir)).await {
        Ok(db) => db,
        Err(error) => return tell(format!("refused {error}")),
    };
    if let Err(error) = db.migrate(SCHEMA).await {
        return tell(format!("refused {error}"));
    }
    tell("open");
    match task.as_str() {
        "write" => write(&db).await,
        "hold" => std::future::pending().await,
        "fill" => crate::space::fill(&db, dir, tell).await,
        other => panic!("no such task: {other}"),
    }
}

/// Writes without end from many producers and tells each number as soon as it is acknowledged.
async fn write(db: &Db) {
    let first = db.read(async |tx| tx.scalar("SELECT max(n) FROM things", &[]).await).await.unwrap();
    let first: i64 = first.flatten().unwrap_or(0) + 1;
    let store = |n: i64| async move { insert(db, n).await.map(|_| n) };
    let mut running: FuturesUnordered<_> = (first..first + 32).map(store).collect();
    let mut next = first + 32;
    while let Some(done) = running.next().await {
        tell(done.unwrap());
        running.push(store(next));
        next += 1;
    }
}
