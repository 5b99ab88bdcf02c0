//! Files that are damaged, foreign or read-only give a clear code, and the process lives.

use std::{
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use heard_kernel::codes;
use heard_store::Db;

use crate::{
    child::Process,
    world::{SCHEMA, at, insert},
};

async fn filled(dir: &Path) {
    let db = Db::open(&at(dir)).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    for n in 0..300 {
        insert(&db, n).await.unwrap();
    }
    db.close().await;
}

fn overwrite(dir: &Path, from: u64, bytes: &[u8]) {
    let mut file = std::fs::File::options().write(true).open(dir.join("heard.db")).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(bytes).unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told() {
    for content in [&b"this is a text and no database at all, whatever its name says"[..], &[0xFF; 8192]] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("heard.db"), content).unwrap();
        let refused = Db::open(&at(dir.path())).await.err().unwrap();
        assert!(refused.is(codes::STORAGE_DAMAGED), "{refused:?}");
        let kept = std::fs::read(dir.path().join("heard.db")).unwrap();
        assert_eq!(kept, content, "a foreign file is left as it is");
    }
}

#[tokio::test]
async fn damaged_pages_are_told_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).await;
    // Everything after the first pages, which hold the schema.
    let length = std::fs::metadata(dir.path().join("heard.db")).unwrap().len();
    overwrite(dir.path(), 6 * 4096, &vec![0xA5; (length - 6 * 4096) as usize]);
    let db = Db::open(&at(dir.path())).await.unwrap();
    let all = "SELECT id, name, n FROM things ORDER BY name";
    for _ in 0..3 {
        let read = db.read(async |tx| tx.execute(all, &[]).await).await.unwrap_err();
        assert!(read.is(codes::STORAGE_DAMAGED), "{read:?}");
        let written =
            db.tx(async |tx| tx.execute("UPDATE things SET n = n + 1", &[]).await).await.unwrap_err();
        assert!(written.is(codes::STORAGE_DAMAGED), "{written:?}");
    }
    let found = db.check().await;
    assert!(found.as_ref().is_ok_and(|found| !found.is_empty()) || found.is_err(), "{found:?}");
    assert_eq!(db.read(async |tx| tx.scalar::<i64>("SELECT 7", &[]).await).await.unwrap(), Some(7));
}

#[tokio::test]
async fn a_sound_database_has_no_findings() {
    let world = crate::world::sqlite().await;
    insert(&world.db, 1).await.unwrap();
    assert_eq!(world.db.check().await.unwrap(), [""; 0]);
    if let Some(world) = crate::world::postgres().await {
        // The test server is fast instead of durable, which is all that there is to find.
        let found = world.db.check().await.unwrap();
        assert!(found.iter().all(|line| line.starts_with("fsync")), "{found:?}");
    }
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_told() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let refused = Db::open(&at(dir.path().join("file/data"))).await.err().unwrap();
    assert!(refused.is(codes::STORAGE_UNAVAILABLE), "{refused:?}");
    assert!(refused.to_string().contains("file/data"), "the directory is named: {refused}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("heard.db")).unwrap();
    let refused = Db::open(&at(folder.path())).await.err().unwrap();
    assert!(refused.is(codes::STORAGE_UNAVAILABLE), "{refused:?}");
}

/// Rights do not bind root, so root's child gives that privilege up.
fn bound_by_rights() -> &'static [&'static str] {
    use std::os::unix::fs::MetadataExt;
    if Path::new("/proc/self").metadata().is_ok_and(|me| me.uid() == 0) {
        &["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
    } else {
        &[]
    }
}

#[tokio::test]
async fn a_read_only_directory_or_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let empty = tempfile::tempdir().unwrap();
    set(empty.path(), 0o555);
    let used = tempfile::tempdir().unwrap();
    filled(used.path()).await;
    set(&used.path().join("heard.db"), 0o444);
    for dir in [empty.path(), used.path()] {
        let told = Process::start(bound_by_rights(), "write", dir).rest();
        assert!(told[0].starts_with("refused storage_read_only"), "{told:?}");
    }
    set(empty.path(), 0o755);
}
