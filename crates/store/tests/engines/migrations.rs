//! The schema changes once, forward only, and disagreements are told.

use futures_util::future::join_all;
use heard_kernel::codes;
use heard_store::{Db, Migration, codes as store_codes};

use crate::world::{SCHEMA, World, count, insert, on_both};

const MORE: Migration = Migration::portable(2026020101, "more", "ALTER TABLE things ADD COLUMN more TEXT;");

async fn migrations_run_once(world: World) {
    assert_eq!(world.db.migrate(SCHEMA).await.unwrap(), 0);
    let all = [SCHEMA[1], MORE, SCHEMA[0]];
    assert_eq!(world.db.migrate(&all).await.unwrap(), 1);
    assert_eq!(world.db.migrate(&all).await.unwrap(), 0);
}

async fn an_edited_migration_is_refused(world: World) {
    let edited = Migration::portable(SCHEMA[1].version, SCHEMA[1].name, "CREATE TABLE notes (n BIGINT);");
    let refused = world.db.migrate(&[SCHEMA[0], edited]).await.unwrap_err();
    assert!(refused.is(store_codes::SCHEMA_DIFFERS), "{refused:?}");
    assert!(refused.to_string().contains("edited") && refused.to_string().contains("notes"), "{refused}");
}

async fn a_newer_database_is_refused(world: World) {
    world.db.migrate(&[SCHEMA[0], SCHEMA[1], MORE]).await.unwrap();
    let refused = world.db.migrate(SCHEMA).await.unwrap_err();
    assert!(refused.is(store_codes::SCHEMA_NEWER), "{refused:?}");
    assert!(refused.params()["migration"].as_str().unwrap().contains("more"));
}

async fn a_migration_that_comes_too_late_is_refused(world: World) {
    let early = Migration::portable(2026010100, "early", "CREATE TABLE early (n BIGINT);");
    let refused = world.db.migrate(&[early, SCHEMA[0], SCHEMA[1]]).await.unwrap_err();
    assert!(refused.is(store_codes::SCHEMA_DIFFERS), "{refused:?}");
    let twice = world.db.migrate(&[SCHEMA[0], SCHEMA[1], MORE, MORE]).await.unwrap_err();
    assert!(twice.is(codes::INTERNAL), "{twice:?}");
}

async fn a_migration_that_fails_leaves_nothing_of_itself(world: World) {
    let broken = Migration::portable(
        2026020101,
        "broken",
        "CREATE TABLE half (n BIGINT); INSERT INTO half VALUES (1); INSERT INTO nowhere VALUES (1);",
    );
    let failed = world.db.migrate(&[SCHEMA[0], SCHEMA[1], broken]).await.unwrap_err();
    assert!(failed.is(codes::INTERNAL), "{failed:?}");
    assert!(failed.to_string().contains("nowhere"), "the engine's complaint is kept: {failed}");
    world.db.read(async |tx| tx.prepare("SELECT n FROM half").await).await.unwrap_err();
    assert_eq!(world.db.migrate(&[SCHEMA[0], SCHEMA[1], MORE]).await.unwrap(), 1);
}

async fn a_cut_off_restore_is_not_served(world: World) {
    world
        .db
        .tx(async |tx| tx.batch("CREATE TABLE restore_incomplete (at BIGINT NOT NULL)").await)
        .await
        .unwrap();
    let refused = world.db.migrate(SCHEMA).await.unwrap_err();
    assert!(refused.is(store_codes::RESTORE_INCOMPLETE), "{refused:?}");
}

/// Prepared statements survive a change of the schema under them.
async fn statements_go_on_after_a_migration(world: World) {
    insert(&world.db, 1).await.unwrap();
    let all = |db: Db| async move {
        db.tx(async |tx| {
            let mut width = 0;
            tx.each("SELECT * FROM things", &[], |row| {
                width = row.width();
                Ok(())
            })
            .await?;
            Ok(width)
        })
        .await
        .unwrap()
    };
    let other = Db::open(&other_handle(&world)).await;
    join_all((0..20).map(|_| all(world.db.clone()))).await;
    if let Ok(other) = &other {
        assert_eq!(all(other.clone()).await, 8);
    }
    world.db.migrate(&[SCHEMA[0], SCHEMA[1], MORE]).await.unwrap();
    assert!(join_all((0..20).map(|_| all(world.db.clone()))).await.iter().all(|width| *width == 9));
    if let Ok(other) = &other {
        // Another process's handle, whose statements nobody could clear.
        assert_eq!(all(other.clone()).await, 9);
    }
    assert_eq!(count(&world.db).await, 1);
}

fn other_handle(world: &World) -> heard_store::DbConfig {
    world.place.config()
}

on_both!(
    migrations_run_once,
    an_edited_migration_is_refused,
    a_newer_database_is_refused,
    a_migration_that_comes_too_late_is_refused,
    a_migration_that_fails_leaves_nothing_of_itself,
    a_cut_off_restore_is_not_served,
    statements_go_on_after_a_migration,
);

#[tokio::test]
async fn processes_that_start_together_migrate_once() {
    let Some(world) = crate::world::empty_postgres().await else { return };
    let config = world.place.config();
    let handles = join_all((0..4).map(|_| Db::open(&config))).await;
    let runs = handles.iter().map(|db| db.as_ref().unwrap().migrate(SCHEMA));
    let ran: usize = join_all(runs).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(ran, SCHEMA.len());
}
