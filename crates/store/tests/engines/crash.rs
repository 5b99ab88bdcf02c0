//! The process is killed at any moment: what was acknowledged is there.

use std::{collections::HashSet, time::Duration};

use heard_kernel::{Ids, RandomIds};
use heard_store::Db;
use rustix::process::{Pid, Signal, kill_process};

use crate::{child::Process, world::at};

#[tokio::test]
async fn acknowledged_rows_survive_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = HashSet::new();
    for round in 0..8_u8 {
        let mut process = Process::start(&[], "write", dir.path());
        assert_eq!(process.line().as_deref(), Some("open"), "round {round}");
        // Somewhere in the first 60 ms of writing.
        let wait = u64::from(RandomIds.secret()[0]) * 60 / 255;
        let pid = Pid::from_child(&process.child);
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(wait));
            kill_process(pid, Signal::KILL).unwrap();
        });
        for line in process.rest() {
            assert!(acknowledged.insert(line.parse::<i64>().unwrap()), "acknowledged twice: {line}");
        }
        killer.join().unwrap();
    }
    let db = Db::open(&at(dir.path())).await.unwrap();
    let kept = db.read(async |tx| tx.query::<(i64,)>("SELECT n FROM things", &[]).await).await.unwrap();
    let kept: HashSet<i64> = kept.into_iter().map(|(n,)| n).collect();
    assert!(!acknowledged.is_empty());
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let sound = db.read(async |tx| tx.scalar::<String>("PRAGMA integrity_check", &[]).await).await.unwrap();
    assert_eq!(sound.as_deref(), Some("ok"));
}

#[tokio::test]
async fn one_process_holds_a_directory() {
    let dir = tempfile::tempdir().unwrap();
    let mut holder = Process::start(&[], "hold", dir.path());
    assert_eq!(holder.line().as_deref(), Some("open"));
    let refused = Db::open(&at(dir.path())).await.err().unwrap();
    assert_eq!(refused.code().id, "data_dir_in_use");
    assert_eq!(refused.params()["pid"], holder.child.id().to_string());
    assert_eq!(refused.params()["dir"], dir.path().display().to_string());

    // Looking is allowed beside it.
    let beside = Db::open(&heard_store::DbConfig::SqliteReadOnly { dir: dir.path().into() }).await.unwrap();
    assert_eq!(crate::world::count(&beside).await, 0);
    let write = crate::world::insert(&beside, 1).await.unwrap_err();
    assert!(write.is(heard_kernel::codes::STORAGE_READ_ONLY));

    holder.child.kill().unwrap();
    holder.child.wait().unwrap();
    Db::open(&at(dir.path())).await.unwrap();
}

#[tokio::test]
async fn looking_makes_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let nothing =
        Db::open(&heard_store::DbConfig::SqliteReadOnly { dir: dir.path().into() }).await.err().unwrap();
    assert!(nothing.is(heard_store::codes::NO_DATABASE));
    assert_eq!(nothing.params()["dir"], dir.path().display().to_string());
    assert_eq!(dir.path().read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn a_directory_is_free_after_closing() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("new/data");
    for n in 0..5 {
        let db = Db::open(&at(&dir)).await.unwrap();
        let twice = Db::open(&at(&dir)).await.err().unwrap();
        assert_eq!(twice.code().id, "data_dir_in_use");
        db.migrate(crate::world::SCHEMA).await.unwrap();
        crate::world::insert(&db, n).await.unwrap();
        db.close().await;
    }
    assert_eq!(
        dir.metadata().unwrap().permissions().mode() & 0o777,
        0o700,
        "a new directory is its owner's alone"
    );
}
