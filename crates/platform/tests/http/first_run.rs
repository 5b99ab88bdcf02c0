//! The first run.

use heard_platform::setup;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::json;

use crate::world::{Browser, World, setup};

async fn it_is_done_once(db: TestDb) {
    let world = World::bare(db).await;
    let browser = Browser::default();
    let meta = world.get(&browser, "/meta").await.expect(200);
    assert_eq!(
        (meta["setup_required"].as_bool(), meta["setup_token_required"].as_bool()),
        (Some(true), Some(false))
    );
    world.get(&browser, "/me").await.refused("unauthenticated");
    world
        .post(&browser, "/session", json!({"email": "a@b.c", "password": "x"}))
        .await
        .refused("setup_required");

    let mut bad = setup();
    bad["password"] = json!("5201314520");
    world.post(&browser, "/setup", bad).await.refused("password_common");
    let mut bad = setup();
    bad["time_zone"] = json!("Mars/Olympus");
    world.post(&browser, "/setup", bad).await.refused("time_zone_unknown");

    let me = world.post(&browser, "/setup", setup()).await.expect(201);
    assert_eq!(
        (me["name"].as_str(), me["roles"][0]["key"].as_str()),
        (Some("陈经理"), Some("administrator"))
    );
    assert_eq!(me["rights"].as_array().unwrap().len(), heard_platform::RIGHTS.len());
    world.get(&browser, "/me").await.expect(200);
    world.post(&Browser::default(), "/setup", setup()).await.refused("already_set_up");
    let meta = world.get(&browser, "/meta").await.expect(200);
    assert_eq!(
        (meta["setup_required"].as_bool(), meta["organization"].as_str()),
        (Some(false), Some("青藤软件"))
    );
    assert_eq!(meta["signed_in"], true);
    assert_eq!(world.get(&Browser::default(), "/meta").await.expect(200)["signed_in"], false);
    assert!(setup::prepare(&world.ctx).await.unwrap().is_none());
}

async fn two_at_once_make_one_administrator(db: TestDb) {
    let world = World::bare(db).await;
    let (a, b) = (Browser::default(), Browser::default());
    let (first, second) = tokio::join!(world.post(&a, "/setup", setup()), world.post(&b, "/setup", setup()));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", first.text, second.text);
    assert_eq!(world.kinds().await.iter().filter(|kind| *kind == "user.created").count(), 1);
}

async fn from_another_machine_it_needs_the_token(db: TestDb) {
    let world = World::bare(db).await;
    let far = Browser { forwarded: Some("203.0.113.9"), ..Browser::default() };
    let token = setup::prepare(&world.ctx).await.unwrap().unwrap();
    let meta = world.get(&far, "/meta").await.expect(200);
    assert_eq!(meta["setup_token_required"], true);
    world.post(&far, "/setup", setup()).await.refused("setup_token_invalid");
    let mut body = setup();
    body["token"] = json!("guess");
    for _ in 0..4 {
        world.post(&far, "/setup", body.clone()).await.refused("setup_token_invalid");
    }
    let slow = world.post(&far, "/setup", body.clone()).await;
    assert!(slow.headers.contains_key("retry-after"));
    slow.refused("too_many_attempts");
    world.db.clock.advance(std::time::Duration::from_secs(2));
    body["token"] = json!(token);
    world.post(&far, "/setup", body).await.expect(201);
}

on_both_engines!(
    it_is_done_once,
    two_at_once_make_one_administrator,
    from_another_machine_it_needs_the_token
);
