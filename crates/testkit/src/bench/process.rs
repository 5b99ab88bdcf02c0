//! A served process and what it costs, read from /proc (proc(5)).

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

/// Clock ticks per second of /proc/<pid>/stat: 100 on every Linux that Rust supports (sysconf(_SC_CLK_TCK)).
const TICKS_PER_SECOND: u64 = 100;

/// A process that serves HTTP. It is killed when this goes away.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to the line that names its address.
    pub started_in: Duration,
}

impl Served {
    /// Starts a command and waits for a line on its standard output that ends in `http://ADDRESS`.
    pub fn start(mut command: Command) -> std::io::Result<Self> {
        let started = std::time::Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let out = child.stdout.take().ok_or_else(|| std::io::Error::other("no standard output"))?;
        let mut lines = BufReader::new(out).lines();
        for line in &mut lines {
            let Some((_, address)) = line?.rsplit_once("http://").map(|(a, b)| (a.to_owned(), b.to_owned()))
            else {
                continue;
            };
            let address = address.trim().parse().map_err(std::io::Error::other)?;
            let started_in = started.elapsed();
            // Goes on reading, so that the process never waits for its output.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(Self { child, address, started_in });
        }
        let status = child.wait()?;
        Err(std::io::Error::other(format!("the server ended before it listened: {status}")))
    }

    /// Processor time that the process has used so far.
    pub fn cpu(&self) -> std::io::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in parentheses may hold spaces; utime and stime are fields 14 and 15, counted from the process id.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let field = |index: usize| fields.get(index).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        Ok(Duration::from_millis((field(11) + field(12)) * 1_000 / TICKS_PER_SECOND))
    }

    /// Resident memory in bytes.
    pub fn rss(&self) -> std::io::Result<u64> {
        memory(self.child.id(), "VmRSS:")
    }

    /// The part of the resident memory that is the process's own and not pages of files, in bytes.
    pub fn anonymous(&self) -> std::io::Result<u64> {
        memory(self.child.id(), "RssAnon:")
    }

    /// Asks the process to stop and waits until it has.
    pub fn stop(mut self) -> std::io::Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        self.child.wait().map(drop)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A size from /proc/<pid>/status in bytes.
fn memory(pid: u32, name: &str) -> std::io::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kib.map(|kib| kib * 1024).ok_or_else(|| std::io::Error::other(format!("no {name}")))
}
