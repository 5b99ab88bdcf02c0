//! What comes back is what was there.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use heard_platform::backup::{Progress, Stage, backup, restore, verify};
use heard_store::{Db, DbConfig, codes as store_codes, params};
use heard_testkit::TestDb;

use crate::world::{
    NOW, back_up, digests, files, fill, migrations, names, put_back, put_file, quiet, write_pair,
};

async fn comes_back_the_same(from: TestDb, to: TestDb) {
    fill(&from).await;
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("heard.backup");
    let made = back_up(&from, &archive).await.unwrap();
    assert_eq!(names(place.path()), ["heard.backup"]);
    assert_eq!(verify(&archive, quiet()).await.unwrap(), made);
    assert_eq!((made.files.count, made.files.damaged.len()), (31, 0));

    assert_eq!(put_back(&archive, &to).await.unwrap(), made);
    assert_eq!(digests(&to.db).await, digests(&from.db).await);
    assert_eq!(files(to.dir.path()), files(from.dir.path()));
    assert_eq!(files(to.dir.path()).len(), 32);
    // It goes on working, and numbers of events that were removed do not come again where the engine remembers them.
    write_pair(&to.db, 10_000).await.unwrap();
    let again = put_back(&archive, &to).await.unwrap_err();
    assert!(again.is(store_codes::RESTORE_TARGET_NOT_EMPTY), "{again:?}");
}

#[tokio::test]
async fn sqlite_to_sqlite() {
    comes_back_the_same(TestDb::sqlite().await, TestDb::sqlite().await).await;
}

#[tokio::test]
async fn sqlite_to_postgres() {
    comes_back_the_same(TestDb::sqlite().await, TestDb::postgres().await).await;
}

#[tokio::test]
async fn postgres_to_sqlite() {
    comes_back_the_same(TestDb::postgres().await, TestDb::sqlite().await).await;
}

#[tokio::test]
async fn postgres_to_postgres() {
    comes_back_the_same(TestDb::postgres().await, TestDb::postgres().await).await;
}

/// Writers go on while the backup runs; each writes two rows that must be both there or both not.
async fn one_moment(from: TestDb) {
    from.db.migrate(&migrations()).await.unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4_i64)
        .map(|writer| {
            let (db, stop) = (from.db.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut n = writer;
                while !stop.load(Ordering::Relaxed) {
                    write_pair(&db, n).await.unwrap();
                    n += 4;
                }
            })
        })
        .collect();
    let place = tempfile::tempdir().unwrap();
    for round in 0..4 {
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
        let archive = place.path().join(round.to_string());
        let made = back_up(&from, &archive).await.unwrap();
        let to = TestDb::sqlite().await;
        put_back(&archive, &to).await.unwrap();
        let rows = |name: &str| made.tables.iter().find(|t| t.table.name == name).unwrap().rows;
        assert_eq!(rows("lefts"), rows("rights"));
        let digests = digests(&to.db).await;
        assert!(rows("lefts") > 0 && digests["lefts"].starts_with(&rows("lefts").to_string()));
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_moment_on_sqlite() {
    one_moment(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_moment_on_postgres() {
    one_moment(TestDb::postgres().await).await;
}

#[tokio::test]
async fn another_process_backs_up_beside_the_one_that_serves() {
    let serving = TestDb::sqlite().await;
    fill(&serving).await;
    let beside = Db::open(&DbConfig::SqliteReadOnly { dir: serving.dir.path().into() }).await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    backup(&beside, serving.dir.path(), &archive, NOW, quiet()).await.unwrap();
    let to = TestDb::sqlite().await;
    put_back(&archive, &to).await.unwrap();
    assert_eq!(digests(&to.db).await, digests(&serving.db).await);
}

#[tokio::test]
async fn an_older_schema_is_brought_up_to_date() {
    let from = TestDb::sqlite().await;
    let all = migrations();
    let (newest, older) = all.split_last().unwrap();
    from.db.migrate(older).await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    back_up(&from, &archive).await.unwrap();
    let to = TestDb::sqlite().await;
    put_back(&archive, &to).await.unwrap();
    write_pair(&to.db, 1).await.unwrap();

    let newer = place.path().join("b");
    back_up(&to, &newer).await.unwrap();
    let old = TestDb::sqlite().await;
    let refused = restore(&newer, &old.db, old.dir.path(), older, quiet()).await.unwrap_err();
    assert!(refused.is(store_codes::SCHEMA_NEWER), "{refused:?}");
    assert_eq!(refused.params()["migration"], newest.name);
    // Nothing was begun, so a newer program may still do it here.
    put_back(&newer, &old).await.unwrap();
}

#[tokio::test]
async fn progress_reaches_its_end() {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let watch = {
        let seen = Arc::clone(&seen);
        Arc::new(move |progress| seen.lock().unwrap().push(progress))
    };
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    backup(&from.db, from.dir.path(), &archive, NOW, watch.clone()).await.unwrap();
    let to = TestDb::sqlite().await;
    restore(&archive, &to.db, to.dir.path(), &migrations(), watch).await.unwrap();
    let seen = seen.lock().unwrap();
    for stage in [Stage::Rows, Stage::Files, Stage::Checking, Stage::Loading] {
        let of_stage: Vec<_> = seen.iter().filter(|p| p.stage == stage).collect();
        assert!(of_stage.iter().is_sorted_by_key(|p| p.done), "{stage:?}");
        let last = of_stage.last().unwrap();
        assert!(last.total > 0 && last.done == last.total, "{last:?}");
    }
}

#[tokio::test]
async fn an_attachment_that_rotted_is_told_and_kept_as_it_is() {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let name = put_file(from.dir.path(), b"as it was");
    let path = from.dir.path().join("files").join(&name[..2]).join(&name[2..4]).join(&name);
    std::fs::write(&path, b"as it is ").unwrap();
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    let made = back_up(&from, &archive).await.unwrap();
    assert_eq!((made.files.damaged, made.missing.len()), (vec![name], 0));
    let to = TestDb::sqlite().await;
    put_back(&archive, &to).await.unwrap();
    assert_eq!(files(to.dir.path()), files(from.dir.path()));
}

#[tokio::test]
async fn an_attachment_that_is_gone_is_told() {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let (there, gone) = (put_file(from.dir.path(), b"there"), "ab".repeat(32));
    let sql = "INSERT INTO attachments (id, sha256, name, kind, size, thumbnail_sha256, purpose, owner_kind, owner_id, created_at) \
               VALUES ($1, $2, 'a.png', 'image/png', 5, $3, 'message', 'user', $1, 5)";
    let (content, thumbnail) = (gone.clone(), there.clone());
    from.db
        .tx(async move |tx| {
            tx.execute(sql, &params![uuid::Uuid::nil(), &content, &thumbnail]).await.map(drop)
        })
        .await
        .unwrap();
    let place = tempfile::tempdir().unwrap();
    let made = back_up(&from, &place.path().join("a")).await.unwrap();
    assert_eq!((made.missing, made.files.damaged.len()), (vec![gone], 0));
}
