//! The disk is full: what fits is kept, what does not is refused, and nothing is acknowledged that is not there.

use std::path::Path;

use futures_util::future::join_all;
use heard_kernel::codes;
use heard_store::{Db, params};
use uuid::Uuid;

use crate::{
    child::Process,
    world::{SCHEMA, World, at, count, insert, sqlite},
};

async fn insert_large(db: &Db, n: i64, size: usize) -> heard_kernel::Result<u64> {
    db.tx(async move |tx| {
        let sql = "INSERT INTO things (id, name, n, body, doc, at) VALUES ($1, '', $2, $3, '', 0)";
        tx.execute(sql, &params![Uuid::from_u128(n as u128), n, vec![7_u8; size]]).await
    })
    .await
}

async fn numbers(db: &Db) -> Vec<i64> {
    let rows = db.read(async |tx| tx.query::<(i64,)>("SELECT n FROM things ORDER BY n", &[]).await).await;
    rows.unwrap().into_iter().map(|(n,)| n).collect()
}

/// One large transaction in a group does not fit: it alone fails.
#[tokio::test]
async fn who_fits_is_stored_beside_who_does_not() {
    let World { db, place: _place } = sqlite().await;
    db.tx(async |tx| tx.execute("PRAGMA max_page_count = 200", &[]).await).await.unwrap();
    let attempt = |n: i64| {
        let db = db.clone();
        async move { insert_large(&db, n, if n % 10 == 5 { 2_000_000 } else { 100 }).await }
    };
    let results = join_all((0..60).map(attempt)).await;
    for (n, result) in results.iter().enumerate() {
        match result {
            Ok(_) => assert_ne!(n % 10, 5),
            Err(error) => assert!(n % 10 == 5 && error.is(codes::STORAGE_FULL), "{n}: {error:?}"),
        }
    }
    assert_eq!(count(&db).await, 54);
    // There is room again, and work goes on.
    db.tx(async |tx| tx.execute("DELETE FROM things WHERE n < 50", &[]).await).await.unwrap();
    insert(&db, 1_000).await.unwrap();
}

/// Runs in a child on a small disk: writes until it is full, makes room, writes again, and tells what was acknowledged.
pub(crate) async fn fill(db: &Db, dir: &Path, tell: impl Fn(String)) {
    let ballast = dir.join("ballast");
    std::fs::write(&ballast, vec![1; 400_000]).unwrap();
    let mut n = 0;
    let mut full = 0;
    while full < 40 {
        let group = join_all((n..n + 16).map(|n| insert_large(db, n, 3_000))).await;
        for (at, result) in (n..).zip(group) {
            match result {
                Ok(_) => tell(format!("stored {at}")),
                Err(error) => {
                    full += 1;
                    tell(format!("{} {at}", error.code().id));
                }
            }
        }
        n += 16;
    }
    assert_eq!(numbers(db).await.len() as i64, count(db).await, "reading goes on");
    std::fs::remove_file(ballast).unwrap();
    for at in n..n + 16 {
        match insert(db, at).await {
            Ok(_) => tell(format!("stored {at}")),
            Err(error) => tell(format!("after making room: {error}")),
        }
    }
    db.close().await;
    let db = Db::open(&crate::world::at(dir)).await.unwrap();
    tell(format!("kept {:?}", numbers(&db).await));
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    // A small disk of its own in a name space of its own, which goes with the process.
    let mount = format!("mount -t tmpfs -o size=3m tmpfs {} && exec \"$0\" \"$@\"", dir.path().display());
    let prefix = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &mount];
    let told = Process::start(&prefix, "fill", dir.path()).rest();
    if told.is_empty() {
        // No right to mount here: the test above stands alone.
        return;
    }
    let stored: Vec<i64> =
        told.iter().filter_map(|line| line.strip_prefix("stored ")?.parse().ok()).collect();
    let full = told.iter().filter(|line| line.starts_with("storage_full ")).count();
    let strange: Vec<_> = told
        .iter()
        .filter(|line| !["open", "stored ", "storage_full ", "kept "].iter().any(|w| line.starts_with(w)))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(full >= 40 && stored.len() > 100, "{full} refused, {} stored", stored.len());
    assert_eq!(told.last().unwrap(), &format!("kept {stored:?}"), "what was acknowledged, and nothing else");
}

#[tokio::test]
async fn a_database_that_cannot_grow_still_migrates_no_half() {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&at(dir.path())).await.unwrap();
    db.tx(async |tx| tx.execute("PRAGMA max_page_count = 5", &[]).await).await.unwrap();
    let full = db.migrate(SCHEMA).await.unwrap_err();
    assert!(full.is(codes::STORAGE_FULL), "{full:?}");
    db.tx(async |tx| tx.execute("PRAGMA max_page_count = 1000", &[]).await).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    insert(&db, 1).await.unwrap();
}
