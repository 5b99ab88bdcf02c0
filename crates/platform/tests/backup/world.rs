//! Databases with something in them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use heard_kernel::{Result, Timestamp};
use heard_platform::backup::{Manifest, Watch, backup, restore};
use heard_store::{
    Db, Migration,
    archive::{catalog, dump},
    params,
};
use heard_testkit::TestDb;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The product's tables and two that are always written together.
pub(crate) fn migrations() -> Vec<Migration> {
    let mut all = [heard_runtime::MIGRATIONS, heard_platform::MIGRATIONS].concat();
    all.push(Migration::portable(
        2099010101,
        "pairs",
        "CREATE TABLE lefts (n BIGINT PRIMARY KEY, body BYTEA); \
         CREATE TABLE rights (n BIGINT PRIMARY KEY REFERENCES lefts (n), text TEXT NOT NULL);",
    ));
    all
}

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub(crate) fn quiet() -> Watch {
    Arc::new(|_| ())
}

pub(crate) async fn write_pair(db: &Db, n: i64) -> Result<u64> {
    db.tx(async move |tx| {
        let text = format!("\"倾听\" \\ {n} \u{1}\n");
        tx.execute("INSERT INTO lefts (n, body) VALUES ($1, $2)", &params![n, vec![n as u8; 300]]).await?;
        tx.execute("INSERT INTO rights (n, text) VALUES ($1, $2)", &params![n, text]).await
    })
    .await
}

/// Puts a content into the data directory and tells its name.
pub(crate) fn put_file(data_dir: &Path, content: &[u8]) -> String {
    let name = hex::encode(Sha256::digest(content));
    let folder = data_dir.join("files").join(&name[..2]).join(&name[2..4]);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(&name), content).unwrap();
    name
}

/// A database with rows in several tables, and attachments.
pub(crate) async fn fill(world: &TestDb) {
    world.db.migrate(&migrations()).await.unwrap();
    for n in 0..500 {
        write_pair(&world.db, n).await.unwrap();
    }
    world
        .db
        .tx(async |tx| {
            for n in 0..20_u128 {
                let sql = "INSERT INTO events (id, kind, version, subject_kind, subject_id, actor_kind, at, data) \
                           VALUES ($1, 'user.invited', 1, 'user', $2, 'system', 5, '{}')";
                tx.execute(sql, &params![Uuid::from_u128(n), Uuid::from_u128(n + 100)]).await?;
            }
            tx.execute("DELETE FROM events WHERE seq > 18", &[]).await
        })
        .await
        .unwrap();
    for n in 0..30_u32 {
        put_file(world.dir.path(), &n.to_le_bytes().repeat(1 + 997 * n as usize));
    }
    put_file(world.dir.path(), b"");
    fs::write(world.dir.path().join("secret.key"), "5ec2e7").unwrap();
    // What an upload leaves half-way is no content.
    fs::write(world.dir.path().join("files").join("half.tmp"), "half").unwrap();
}

/// Every table's rows as one digest, whatever order they come in.
pub(crate) async fn digests(db: &Db) -> BTreeMap<String, String> {
    db.snapshot(async |tx| {
        let mut digests = BTreeMap::new();
        for table in catalog(tx).await? {
            let mut lines = Vec::new();
            dump(tx, &table, |line| {
                lines.push(line.to_vec());
                Ok(())
            })
            .await?;
            lines.sort();
            digests.insert(
                table.name,
                format!("{} {}", lines.len(), hex::encode(Sha256::digest(lines.concat()))),
            );
        }
        Ok(digests)
    })
    .await
    .unwrap()
}

/// Every content by its path, and the key.
pub(crate) fn files(data_dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    if let Ok(key) = fs::read(data_dir.join("secret.key")) {
        found.insert("secret.key".into(), key);
    }
    let mut folders = vec![data_dir.join("files")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some() => {}
                path => {
                    let content = fs::read(&path).unwrap();
                    found.insert(path.strip_prefix(data_dir).unwrap().to_owned(), content);
                }
            }
        }
    }
    found
}

pub(crate) async fn back_up(world: &TestDb, out: &Path) -> Result<Manifest> {
    backup(&world.db, world.dir.path(), out, NOW, quiet()).await
}

pub(crate) async fn put_back(archive: &Path, world: &TestDb) -> Result<Manifest> {
    restore(archive, &world.db, world.dir.path(), &migrations(), quiet()).await
}

/// The names in a directory.
pub(crate) fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
