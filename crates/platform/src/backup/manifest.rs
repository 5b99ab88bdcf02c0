//! What an archive says about itself.

use heard_kernel::{Error, Result, Timestamp};
use heard_store::archive::{AppliedMigration, Table};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::codes;

/// The layout of archives that this program writes and reads.
pub(super) const FORMAT: u32 = 1;

/// What an archive holds; its last part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout of the archive.
    pub format: u32,
    /// The version of Heard that made it.
    pub version: String,
    /// The engine that the rows came from.
    pub engine: String,
    /// The moment of the backup.
    pub created_at: Timestamp,
    /// The schema that the rows belong to.
    pub migrations: Vec<AppliedMigration>,
    /// The tables and how many rows they have.
    pub tables: Vec<TableTotals>,
    /// The attachments.
    pub files: FileTotals,
    /// SHA-256 of attachments that rows speak of and that were not on the disk when the backup was made.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The key that secrets in the rows are encrypted with, when it lies in the data directory.
    pub secret_key: Option<Part>,
    /// The parts that hold rows, in their order.
    pub parts: Vec<Part>,
}

/// A table and its size.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TableTotals {
    /// The table.
    #[serde(flatten)]
    pub table: Table,
    /// How many rows it has.
    pub rows: u64,
}

/// The attachments of an archive. Each is named by the SHA-256 of its content, so they are not listed one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FileTotals {
    /// How many there are.
    pub count: u64,
    /// Their size together.
    pub bytes: u64,
    /// SHA-256 over `<name> <size>` of each in order, with line ends.
    pub names_sha256: String,
    /// Names of those whose content was damaged on the disk already when the backup was made.
    pub damaged: Vec<String>,
}

/// A part of an archive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the archive.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

impl Part {
    pub(super) fn of(name: String, content: &[u8]) -> Self {
        Self { name, size: content.len() as u64, sha256: hex::encode(Sha256::digest(content)) }
    }
}

impl Manifest {
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let damaged = |e| Error::new(codes::ARCHIVE_DAMAGED).because(format!("manifest: {e}"));
        let Format { format } = serde_json::from_slice(bytes).map_err(damaged)?;
        if format > FORMAT {
            return Err(Error::new(codes::ARCHIVE_NEWER).because(format!("layout {format}")));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }
}

/// Sums up the attachments as they are written or read.
#[derive(Default)]
pub(super) struct FileSums {
    totals: FileTotals,
    names: Sha256,
}

impl FileSums {
    pub(super) fn add(&mut self, name: &str, size: u64, actual_sha256: &str) {
        self.totals.count += 1;
        self.totals.bytes += size;
        self.names.update(format!("{name} {size}\n"));
        if name != actual_sha256 {
            self.totals.damaged.push(name.to_owned());
        }
    }

    pub(super) fn finish(mut self) -> FileTotals {
        self.totals.names_sha256 = hex::encode(self.names.finalize());
        self.totals
    }
}
