//! Putting an archive into an empty place.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use heard_kernel::{Error, Result};
use heard_store::{
    Db, Migration, Tx,
    archive::{Loader, Table, begin_restore, check_empty},
    codes::{RESTORE_TARGET_NOT_EMPTY, SCHEMA_NEWER},
    storage_error,
};

use super::{
    Contents, Manifest, Progress, Stage, Watch,
    files::Staging,
    manifest::Part,
    reader::{Archive, Kind, MAX_PART, content, damaged, read_through},
};

/// What an open but empty embedded database leaves in its directory, and what may lie beside it.
const ALLOWED: [&str; 6] =
    ["heard.db", "heard.db-wal", "heard.db-shm", "heard.lock", "heard.toml", "lost+found"];

/// Puts an archive into an empty database and data directory and brings the schema up to date. The archive is read to
/// its end and checked before anything is changed; attachments go to the file store first, if there is one; all rows come in one transaction. When it is cut off later than
/// that, the database stays marked and is served by nobody.
///
/// # Errors
/// `restore_target_not_empty`, `schema_newer`; as [`super::verify`]; the storage codes.
pub async fn restore(
    archive: &Path,
    db: &Db,
    place: impl Into<Contents>,
    migrations: &[Migration],
    watch: Watch,
) -> Result<Manifest> {
    let Contents { data_dir, bucket } = place.into();
    check_empty(db).await?;
    check_dir(&data_dir)?;
    let (path, told) = (archive.to_owned(), Arc::clone(&watch));
    let dir = data_dir;
    let stage = move || {
        let staging = Staging::new(&dir)?;
        let manifest = read_through(&path, Some(&staging), &told)?;
        Ok::<_, Error>((staging, manifest))
    };
    let (staging, manifest) = tokio::task::spawn_blocking(stage).await.map_err(Error::internal)??;
    if let Some(bucket) = bucket {
        let blobs = staging.blobs();
        for name in blobs.all()? {
            bucket.put(&name, &blobs.path(&name)?).await?;
        }
    }
    begin_restore(db, &of_archive(migrations, &manifest)?).await?;
    staging.into_place()?;

    let shared = Arc::new(manifest.clone());
    let path = archive.to_owned();
    db.tx(async move |tx| load(tx, &path, &shared, &watch).await).await?;
    db.migrate(migrations).await?;
    Ok(manifest)
}

fn check_dir(data_dir: &Path) -> Result<()> {
    let fail = |e: std::io::Error| storage_error(&e).because(data_dir.display());
    fs::create_dir_all(data_dir).map_err(fail)?;
    for entry in fs::read_dir(data_dir).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        let name = name.to_string_lossy();
        if !ALLOWED.contains(&&*name) {
            return Err(Error::new(RESTORE_TARGET_NOT_EMPTY).with("found", name));
        }
    }
    Ok(())
}

/// The migrations that had run when the archive was made.
fn of_archive(migrations: &[Migration], manifest: &Manifest) -> Result<Vec<Migration>> {
    let find = |version| migrations.iter().find(|m| m.version == version).copied();
    let known = manifest.migrations.iter().map(|applied| {
        let unknown = || Error::new(SCHEMA_NEWER).with("migration", &applied.name);
        find(applied.version).filter(|m| m.name == applied.name).ok_or_else(unknown)
    });
    known.collect()
}

/// Loads all rows. May be called again after a lost connection, so it reads the archive from its beginning.
async fn load(tx: &Tx<'_>, path: &Path, manifest: &Manifest, watch: &Watch) -> Result<()> {
    let tables: Vec<Table> = manifest.tables.iter().map(|totals| totals.table.clone()).collect();
    let total = manifest.tables.iter().map(|totals| totals.rows).sum();
    let mut missing: BTreeMap<&str, u64> =
        manifest.tables.iter().map(|totals| (totals.table.name.as_str(), totals.rows)).collect();
    let mut loader = Loader::begin(tx, &tables).await?;
    let mut archive = Archive::open(path)?;
    let mut expected = manifest.parts.iter();
    let mut done = 0;
    for part in archive.parts()? {
        let (Kind::Rows { table }, mut entry) = part? else { break };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let rows = content(&mut entry, MAX_PART)?;
        // It was checked, but the file may be another one by now.
        if expected.next() != Some(&Part::of(name, &rows)) {
            return Err(damaged("the archive changed while it was restored"));
        }
        let left = missing.get_mut(table.as_str()).ok_or_else(|| damaged("rows of an unknown table"))?;
        for line in rows.split_inclusive(|byte| *byte == b'\n') {
            *left = left.checked_sub(1).ok_or_else(|| damaged("more rows than the manifest says"))?;
            if !loader.row(&table, line).await? {
                return Err(damaged("a line is no row of its table").because(table));
            }
            done += 1;
        }
        watch(Progress { stage: Stage::Loading, done, total });
    }
    if expected.next().is_some() || missing.values().any(|left| *left > 0) {
        return Err(damaged("fewer rows than the manifest says"));
    }
    loader.finish().await.map(drop)
}
