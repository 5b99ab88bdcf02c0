//! Backup and restore: database and attachments in one portable archive.
//!
//! An archive is a tar compressed with zstd: `tables/<name>.<n>.ndjson` (rows as lines of JSON, all of one moment),
//! `files/<sha256>` (attachments), `secret.key` (without which stored passwords and second factors are lost), and last `manifest.json`, which holds sizes and SHA-256 of all of it. It can be made
//! while Heard serves, and restored into an empty database of either engine.

mod files;
mod manifest;
mod reader;
mod restore;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use heard_kernel::{Error, Result, Timestamp};
use heard_store::{
    Db, Tx,
    archive::{applied_migrations, catalog, check_complete, count, dump},
};

pub use self::{
    manifest::{FileTotals, Manifest, Part, TableTotals},
    restore::restore,
};
use self::{reader::read_through, writer::ArchiveWriter};
use crate::files::{Blobs, Bucket, contents};

/// Ways in which a backup or a restore fails.
pub mod codes {
    use heard_kernel::Code;

    /// A file of that name is there already (`params.path`); a backup overwrites nothing.
    pub const ARCHIVE_EXISTS: Code = Code::new("archive_exists", 409);
    /// The folder that the archive was to be made in does not exist (`params.folder`).
    pub const ARCHIVE_FOLDER_MISSING: Code = Code::new("archive_folder_missing", 404);
    /// The file that is to be restored is not there (`params.path`).
    pub const ARCHIVE_MISSING: Code = Code::new("archive_missing", 404);
    /// The file is no archive of Heard.
    pub const ARCHIVE_UNREADABLE: Code = Code::new("archive_unreadable", 422);
    /// The archive is cut off or was changed; nothing of it was restored.
    pub const ARCHIVE_DAMAGED: Code = Code::new("archive_damaged", 422);
    /// The archive was made by a newer Heard.
    pub const ARCHIVE_NEWER: Code = Code::new("archive_newer", 422);
}

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Rows are written to the archive.
    Rows,
    /// Attachments are written to the archive.
    Files,
    /// The archive is checked, and its attachments are unpacked when it is restored; counted in bytes of the archive.
    Checking,
    /// Rows are put into the database.
    Loading,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done.
    pub done: u64,
    /// How much there is to do.
    pub total: u64,
}

/// Is told how far it is, often; called from another thread.
pub type Watch = Arc<dyn Fn(Progress) + Send + Sync>;

/// Bytes of rows in one part, about.
const CHUNK: usize = 4 * 1024 * 1024;

/// Where attachments lie.
#[derive(Clone)]
pub struct Contents {
    /// The data directory.
    pub data_dir: PathBuf,
    /// The file store, when one is configured.
    pub bucket: Option<Bucket>,
}

impl From<&Path> for Contents {
    fn from(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned(), bucket: None }
    }
}

/// Writes the database's present state and its attachments to the new file `out`. Serving goes on. The
/// file appears under its name only when it is complete and on the disk.
///
/// # Errors
/// `archive_exists`, `archive_folder_missing`, `restore_incomplete` when the database holds half a restore; the storage codes.
pub async fn backup(
    db: &Db,
    place: impl Into<Contents>,
    out: &Path,
    now: Timestamp,
    watch: Watch,
) -> Result<Manifest> {
    let mut writer = ArchiveWriter::create(out, now)?;
    let engine = format!("{:?}", db.engine()).to_lowercase();
    let Contents { data_dir, bucket } = place.into();
    let runtime = tokio::runtime::Handle::current();
    let (mut writer, migrations, tables, contents) = db
        .snapshot({
            let watch = Arc::clone(&watch);
            async move |tx| {
                check_complete(tx).await?;
                let migrations = applied_migrations(tx).await?;
                let tables = write_tables(tx, &mut writer, &watch).await?;
                Ok((writer, migrations, tables, contents(tx).await?))
            }
        })
        .await?;
    // Contents are on the disk before a row speaks of them, so those of the snapshot are all there.
    let finish = move || {
        let secret_key = files::write_key(&data_dir, &mut writer)?;
        let fetch = |name: &str| match &bucket {
            Some(bucket) => runtime.block_on(bucket.download(name, &Blobs::new(&data_dir))),
            None => Ok(None),
        };
        let (files, missing) = files::write_files(&data_dir, &mut writer, &watch, contents, &fetch)?;
        let manifest = Manifest {
            format: manifest::FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            engine,
            created_at: now,
            migrations,
            tables,
            files,
            missing,
            secret_key,
            parts: writer.take_parts(),
        };
        writer.finish(&manifest)?;
        Ok(manifest)
    };
    tokio::task::spawn_blocking(finish).await.map_err(Error::internal)?
}

async fn write_tables(tx: &Tx<'_>, writer: &mut ArchiveWriter, watch: &Watch) -> Result<Vec<TableTotals>> {
    let mut tables = Vec::new();
    for table in catalog(tx).await? {
        let rows = count(tx, &table).await?;
        tables.push(TableTotals { table, rows });
    }
    let total = tables.iter().map(|table| table.rows).sum();
    let mut done = 0;
    for TableTotals { table, .. } in &tables {
        let mut chunk = Vec::with_capacity(CHUNK + CHUNK / 4);
        let mut number = 0_u32;
        dump(tx, table, |line| {
            chunk.extend_from_slice(line);
            done += 1;
            if chunk.len() >= CHUNK {
                writer.add_rows(&table.name, number, &chunk)?;
                number += 1;
                chunk.clear();
                watch(Progress { stage: Stage::Rows, done, total });
            }
            Ok(())
        })
        .await?;
        if !chunk.is_empty() {
            writer.add_rows(&table.name, number, &chunk)?;
        }
        watch(Progress { stage: Stage::Rows, done, total });
    }
    Ok(tables)
}

/// Reads an archive to its end and compares everything with its manifest.
///
/// # Errors
/// `archive_unreadable`, `archive_damaged`, `archive_newer`; the storage codes.
pub async fn verify(archive: &Path, watch: Watch) -> Result<Manifest> {
    let archive = archive.to_owned();
    tokio::task::spawn_blocking(move || read_through(&archive, None, &watch))
        .await
        .map_err(Error::internal)?
}
