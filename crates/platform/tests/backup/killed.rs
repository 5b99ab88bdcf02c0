//! The process is killed while it backs up or restores: there is a whole one, or none that anybody would believe.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use heard_kernel::{Ids, RandomIds};
use heard_platform::backup::{backup, restore, verify};
use heard_store::{Db, DbConfig, Sizing, codes as store_codes};
use heard_testkit::TestDb;

use crate::world::{NOW, back_up, digests, files, fill, migrations, names, put_back, quiet};

const TASK: &str = "HEARD_BACKUP_TEST_TASK";
const ARCHIVE: &str = "HEARD_BACKUP_TEST_ARCHIVE";
const DIR: &str = "HEARD_BACKUP_TEST_DIR";

/// What a child of this test binary does; nothing when the runner calls it.
#[tokio::test]
async fn task() {
    let Ok(task) = std::env::var(TASK) else { return };
    let (archive, dir) = (std::env::var(ARCHIVE).unwrap(), std::env::var(DIR).unwrap());
    let (archive, dir) = (Path::new(&archive), Path::new(&dir));
    if task == "backup" {
        let db = Db::open(&DbConfig::SqliteReadOnly { dir: dir.into() }).await.unwrap();
        backup(&db, dir, archive, NOW, quiet()).await.unwrap();
    } else {
        let db = Db::open(&at(dir)).await.unwrap();
        restore(archive, &db, dir, &migrations(), quiet()).await.unwrap();
    }
}

fn at(dir: &Path) -> DbConfig {
    DbConfig::Sqlite { dir: dir.into(), sizing: Sizing::default() }
}

fn start(task: &str, archive: &Path, dir: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["killed::task", "--exact", "--test-threads=1"]);
    command.env(TASK, task).env(ARCHIVE, archive).env(DIR, dir);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills the child some time within `span`; tells whether it had ended by itself.
fn kill_within(mut child: Child, span: Duration) -> bool {
    std::thread::sleep(span * u32::from(RandomIds.secret()[0]) / 255);
    let ended = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    child.wait().unwrap();
    ended
}

/// How long the task takes undisturbed.
fn time(task: &str, archive: &Path, dir: &Path) -> Duration {
    let begun = std::time::Instant::now();
    assert!(start(task, archive, dir).wait().unwrap().success());
    begun.elapsed()
}

#[tokio::test]
async fn a_killed_backup_leaves_no_archive() {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let place = tempfile::tempdir().unwrap();
    let span = time("backup", &place.path().join("whole"), from.dir.path());
    for round in 0..8 {
        let archive = place.path().join(format!("round-{round}"));
        kill_within(start("backup", &archive, from.dir.path()), span);
        if archive.exists() {
            verify(&archive, quiet()).await.unwrap();
        }
    }
    let strange: Vec<_> = names(place.path())
        .into_iter()
        .filter(|n| !n.starts_with(".heard-backup-") && n != "whole")
        .collect();
    assert!(strange.iter().all(|name| name.starts_with("round-")), "{strange:?}");
}

#[tokio::test]
async fn a_killed_restore_is_whole_or_not_served() {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    back_up(&from, &archive).await.unwrap();
    let expected = digests(&from.db).await;
    let span = time("restore", &archive, &place.path().join("undisturbed"));
    for round in 0..8 {
        let dir = place.path().join(round.to_string());
        let ended = kill_within(start("restore", &archive, &dir), span);
        let db = Db::open(&at(&dir)).await.unwrap();
        match db.migrate(&[]).await {
            // Marked: nobody serves it, and restoring into it says why not.
            Err(error) if error.is(store_codes::RESTORE_INCOMPLETE) => assert!(!ended),
            // Whole: the present schema is there, which an empty list of migrations takes for a newer one.
            Err(error) if error.is(store_codes::SCHEMA_NEWER) => {
                assert_eq!(digests(&db).await, expected, "round {round}");
                assert_eq!(files(&dir), files(from.dir.path()), "round {round}");
            }
            // Untouched.
            Ok(_) => assert!(!ended && digests(&db).await.is_empty(), "round {round}"),
            Err(error) => panic!("round {round}: {error:?}"),
        }
    }
    let fresh = TestDb::sqlite().await;
    put_back(&archive, &fresh).await.unwrap();
}
