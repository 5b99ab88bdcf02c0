//! The PostgreSQL server goes away and comes back.

use std::time::{Duration, Instant};

use heard_kernel::codes;
use heard_store::Db;

use crate::{
    cluster::Cluster,
    world::{SCHEMA, count, insert},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_pool_recovers_when_the_server_comes_back() {
    let Some(cluster) = Cluster::start() else { return };
    let db = Db::open(&cluster.config()).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let mut stored = 0;
    for mode in ["fast", "immediate"] {
        // Fill the pool, so that dead connections wait in it.
        let writes = futures_util::future::join_all((0..8).map(|n| insert(&db, stored + n))).await;
        assert!(writes.iter().all(Result::is_ok));
        stored += 8;
        cluster.down(mode);
        let begun = Instant::now();
        let away = insert(&db, 1_000).await.unwrap_err();
        assert!(away.is(codes::STORAGE_UNAVAILABLE), "{away:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "told at once, not after a time-out");
        cluster.up();
        // The first call after the server is back goes well, whatever the pool still holds.
        insert(&db, stored).await.unwrap();
        stored += 1;
        assert_eq!(count(&db).await, stored);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_the_servers_restarts() {
    let Some(cluster) = Cluster::start() else { return };
    let db = Db::open(&cluster.config()).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            let mut acknowledged = Vec::new();
            let mut n = 0;
            while acknowledged.len() < 2_000 {
                if insert(&db, n).await.is_ok() {
                    acknowledged.push(n);
                }
                n += 1;
            }
            acknowledged
        }
    });
    for mode in ["fast", "immediate"] {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let cluster = &cluster;
        tokio::task::block_in_place(|| {
            cluster.down(mode);
            cluster.up();
        });
    }
    let acknowledged = writer.await.unwrap();
    let kept: Vec<(i64,)> =
        db.read(async |tx| tx.query("SELECT n FROM things ORDER BY n", &[]).await).await.unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|n| kept.binary_search(&(**n,)).is_err()).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}
