//! What is measured.

use std::{path::Path, time::Instant};

use heard_kernel::{Actor, Locale, Result};
use heard_runtime::Ctx;
use heard_store::Engine;
use heard_web::realtime::{Hub, Topic};
use serde::Serialize;

use super::{
    checks::{self, Check},
    store,
};
use crate::rights::JOB_MANAGE;

/// The state of the system.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct System {
    /// The version of the program.
    pub version: &'static str,
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// Bytes that the database takes.
    pub database_bytes: i64,
    /// Bytes that the attachments take.
    pub attachments_bytes: i64,
    /// Bytes that are free where the data directory is.
    pub disk_free_bytes: u64,
    /// Seconds since the start.
    pub uptime_seconds: u64,
    /// Bytes of memory that the process takes.
    pub rss_bytes: u64,
    /// Open live connections of the console.
    pub connections: usize,
    /// What is well and what is not.
    pub checks: Vec<Check>,
}

struct Started(Instant);

impl Default for Started {
    fn default() -> Self {
        Self(Instant::now())
    }
}

/// Remembers that the process began its work.
pub(crate) fn started(ctx: &Ctx) {
    ctx.shared::<Started>();
}

/// Measures the system.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(super) async fn measure(ctx: &Ctx, hub: &Hub, actor: &Actor, locale: Locale) -> Result<System> {
    actor.require(JOB_MANAGE)?;
    let (database_bytes, attachments_bytes) = ctx
        .read(async |tx| Ok((store::database_bytes(tx).await?, store::attachment_bytes(tx).await?)))
        .await?;
    Ok(System {
        version: env!("CARGO_PKG_VERSION"),
        engine: match ctx.db().engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        },
        database_bytes,
        attachments_bytes,
        disk_free_bytes: disk_free(&ctx.config().storage.data).unwrap_or(0),
        uptime_seconds: ctx.shared::<Started>().0.elapsed().as_secs(),
        rss_bytes: resident_bytes().unwrap_or(0),
        connections: hub.count(Topic::Everyone),
        checks: checks::quick(ctx, locale).await?,
    })
}

/// Bytes that are free for this process on the disk of a directory.
pub(super) fn disk_free(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Memory of the process, where the system tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1_024)
}
