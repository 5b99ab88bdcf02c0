//! Users, teams, roles: who may do what to whom.

use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{Browser, PASSWORD, World};

async fn version_of(world: &World, browser: &Browser, id: &str) -> i64 {
    world.get(browser, &format!("/users/{id}")).await.expect(200)["version"].as_i64().unwrap()
}

async fn users_are_listed_by_pinyin_and_found(db: TestDb) {
    let (world, admin) = World::new(db).await;
    for (name, mail) in [("张伟", "z"), ("李娜", "l"), ("阿强", "q"), ("Bob", "bob")] {
        let body = json!({"name": name, "email": format!("{mail}@example.com"), "password": PASSWORD});
        world.post(&admin, "/users", body).await.expect(201);
    }
    let names = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|u| u["name"].as_str().unwrap().to_owned()).collect()
    };
    let first = world.get(&admin, "/users?limit=3").await.expect(200);
    assert_eq!(names(&first), ["阿强", "Bob", "陈经理"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = world.get(&admin, &format!("/users?limit=3&cursor={cursor}")).await.expect(200);
    assert_eq!(names(&second), ["李娜", "张伟"]);
    assert!(second["next_cursor"].is_null());
    for (q, found) in [("wei", "张伟"), ("%E5%A8%9C", "李娜"), ("BOB@", "Bob"), ("li3%20na", "李娜")] {
        let page = world.get(&admin, &format!("/users?q={q}")).await.expect(200);
        assert_eq!(names(&page), [found], "{q}");
    }
    world.get(&admin, "/users?cursor=e30").await.refused("cursor_invalid");
    let taken = json!({"name": "X", "email": "BOB@EXAMPLE.COM", "password": PASSWORD});
    world.post(&admin, "/users", taken).await.refused("already_exists");
    let bad = json!({"name": "X", "email": "no address", "password": PASSWORD});
    world.post(&admin, "/users", bad).await.refused("email_invalid");
}

async fn a_change_needs_the_present_version(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, _) = world.user(&admin, "agent", &["agent"]).await;
    let path = format!("/users/{id}");
    world
        .send(&admin, &format!("PATCH {path}"), Some(json!({"name": "A"})), &[])
        .await
        .refused("precondition_required");
    let user = world.patch(&admin, &path, 1, json!({"name": "阿明", "capacity": 8})).await.expect(200);
    assert_eq!((user["version"].as_i64(), user["capacity"].as_i64()), (Some(2), Some(8)));
    let conflict = world.patch(&admin, &path, 1, json!({"name": "B"})).await.refused("version_conflict");
    assert_eq!(conflict["params"]["current"]["name"], "阿明");
    world.patch(&admin, &path, 2, json!({"capacity": 101})).await.refused("out_of_range");
    world.patch(&admin, &path, 2, json!({"email": "x@example.com"})).await.refused("unknown_field");
}

async fn the_last_administrator_stays(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let me = world.get(&admin, "/me").await.expect(200);
    let path = format!("/users/{}", me["id"].as_str().unwrap());
    world.patch(&admin, &path, 1, json!({"state": "disabled"})).await.refused("last_administrator");
    world.patch(&admin, &path, 1, json!({"role_ids": []})).await.refused("last_administrator");
    // With a second one both can go, but not at the same time.
    let (other, second) = world.user(&admin, "second", &["administrator"]).await;
    let other = format!("/users/{other}");
    let (a, b) = tokio::join!(
        world.patch(&admin, &other, 1, json!({"state": "disabled"})),
        world.patch(&second, &path, 1, json!({"role_ids": []})),
    );
    let good = [a.status, b.status].iter().filter(|status| **status == 200).count();
    assert_eq!(good, 1, "{} {}", a.text, b.text);
}

async fn nobody_gives_or_reaches_more_than_they_hold(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (_, manager) = world.user(&admin, "manager", &["manager"]).await;
    let (agent_id, agent) = world.user(&admin, "agent", &["agent"]).await;
    let boss = world.get(&admin, "/me").await.expect(200)["id"].as_str().unwrap().to_owned();
    let administrator = world.role_ids(&admin, &["administrator"]).await;

    // An agent manages nobody.
    let new = |roles: &Value| json!({"name": "N", "email": "n@example.com", "password": PASSWORD, "role_ids": roles});
    let refused = world.post(&agent, "/users", new(&json!([]))).await.refused("forbidden");
    assert_eq!(refused["params"]["right"], "user.manage");
    world.get(&agent, "/settings").await.refused("forbidden");
    world.get(&agent, "/invitations").await.refused("forbidden");

    // A manager manages users, but makes no administrator and takes over none.
    world.post(&manager, "/users", new(&json!(administrator))).await.refused("rights_exceeded");
    let invite = json!({"email": "n@example.com", "role_ids": administrator});
    world.post(&manager, "/invitations", invite).await.refused("rights_exceeded");
    let version = version_of(&world, &manager, &agent_id).await;
    let path = format!("/users/{agent_id}");
    world
        .patch(&manager, &path, version, json!({"role_ids": administrator}))
        .await
        .refused("rights_exceeded");
    world
        .post(&manager, &format!("/users/{boss}/reset_password"), json!({}))
        .await
        .refused("rights_exceeded");
    world.delete(&manager, &format!("/users/{boss}/sessions")).await.refused("rights_exceeded");
    world
        .patch(&manager, &format!("/users/{boss}"), 1, json!({"state": "disabled"}))
        .await
        .refused("rights_exceeded");
    let me = world.get(&manager, "/me").await.expect(200)["id"].as_str().unwrap().to_owned();
    let own = json!({"role_ids": administrator});
    world.patch(&manager, &format!("/users/{me}"), 1, own).await.refused("rights_exceeded");
    world.patch(&manager, &path, version, json!({"name": "小王"})).await.expect(200);

    // Own roles hold no more than their maker either.
    let role = |rights: Value| json!({"name": "前台", "rights": rights});
    let maker =
        world.post(&admin, "/roles", json!({"name": "角色员", "rights": ["role.manage", "user.read"]})).await;
    let maker_id = maker.expect(201)["id"].clone();
    let version = version_of(&world, &admin, &agent_id).await;
    world.patch(&admin, &path, version, json!({"role_ids": [maker_id]})).await.expect(200);
    world.post(&agent, "/roles", role(json!(["audit.read"]))).await.refused("rights_exceeded");
    world.post(&agent, "/roles", role(json!(["no.such"]))).await.refused("right_unknown");
    let made = world.post(&agent, "/roles", role(json!(["user.read"]))).await.expect(201);
    let made = format!("/roles/{}", made["id"].as_str().unwrap());
    world
        .patch(&agent, &made, 1, json!({"rights": ["user.read", "token.manage"]}))
        .await
        .refused("rights_exceeded");
    world.patch(&admin, &made, 1, json!({"rights": ["user.read", "token.manage"]})).await.expect(200);
    world.patch(&agent, &made, 2, json!({"rights": ["user.read"]})).await.refused("rights_exceeded");
}

async fn rights_hold_from_the_next_request(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, agent) = world.user(&admin, "agent", &["agent"]).await;
    world.get(&agent, "/users").await.expect(200);
    world.get(&agent, "/settings").await.refused("forbidden");
    let role = world
        .post(&admin, "/roles", json!({"name": "设置员", "rights": ["setting.manage"]}))
        .await
        .expect(201);
    let path = format!("/users/{id}");
    world.patch(&admin, &path, 1, json!({"role_ids": [role["id"]]})).await.expect(200);
    world.get(&agent, "/settings").await.expect(200);
    world.get(&agent, "/users").await.refused("forbidden");
    let role_path = format!("/roles/{}", role["id"].as_str().unwrap());
    world.delete(&admin, &role_path).await.refused("role_in_use");
    world.patch(&admin, &role_path, 1, json!({"rights": []})).await.expect(200);
    world.get(&agent, "/settings").await.refused("forbidden");
    world.patch(&admin, &path, 2, json!({"state": "disabled", "role_ids": []})).await.expect(200);
    world.get(&agent, "/me").await.refused("session_expired");
    world.delete(&admin, &role_path).await.expect(204);
    let built_in = world.role_ids(&admin, &["agent"]).await;
    world.delete(&admin, &format!("/roles/{}", built_in[0].as_str().unwrap())).await.refused("role_built_in");
}

async fn teams_have_members_and_a_lead(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (a, browser) = world.user(&admin, "agent", &["agent"]).await;
    let (b, _) = world.user(&admin, "beta", &["agent"]).await;
    let body = json!({"name": "售后", "kind": "team", "lead_id": a, "member_ids": [a, a]});
    let team =
        world.send(&admin, "POST /teams", Some(body.clone()), &[("idempotency-key", "t1")]).await.expect(201);
    let again =
        world.send(&admin, "POST /teams", Some(body.clone()), &[("idempotency-key", "t1")]).await.expect(201);
    assert_eq!(team["id"], again["id"]);
    world.post(&admin, "/teams", body).await.refused("already_exists");
    assert_eq!(
        (team["lead"]["name"].as_str(), team["members"].as_array().unwrap().len()),
        (Some("agent"), 1)
    );
    assert_eq!(world.get(&browser, "/me").await.expect(200)["teams"][0]["name"], "售后");
    let path = format!("/teams/{}", team["id"].as_str().unwrap());
    world.patch(&browser, &path, 1, json!({"name": "X"})).await.refused("forbidden");
    let changed =
        world.patch(&admin, &path, 1, json!({"member_ids": [b], "kind": "department"})).await.expect(200);
    assert_eq!(
        (changed["members"][0]["name"].as_str(), changed["kind"].as_str()),
        (Some("beta"), Some("department"))
    );
    world.patch(&admin, &path, 1, json!({"name": "Y"})).await.refused("version_conflict");
    assert_eq!(changed["lead"]["name"], "agent", "what is absent stays");
    let led = world.patch(&admin, &path, 2, json!({"lead_id": null})).await.expect(200);
    assert_eq!(led["lead"], Value::Null);
    let ghost = json!({"member_ids": ["00000000-0000-7000-8000-000000000001"]});
    world.patch(&admin, &path, 3, ghost).await.refused("user_unknown");
    let found =
        world.get(&admin, &format!("/users?team_id={}", team["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(found["items"][0]["name"], "beta");
    world.delete(&admin, &path).await.expect(204);
    world.delete(&admin, &path).await.refused("not_found");
    assert_eq!(world.get(&admin, "/teams").await.expect(200)["items"], json!([]));
}

async fn presence_is_kept_and_has_a_time_line(db: TestDb) {
    use std::time::Duration;

    use heard_platform::{directory::UserId, presence};
    let (world, admin) = World::new(db).await;
    let (id, agent) = world.user(&admin, "agent", &["agent"]).await;
    let user: UserId = id.parse().unwrap();
    let spine = world.spine();
    let status = async |expected: &str| {
        let all = world.get(&admin, "/presence").await.expect(200);
        let found =
            all["items"].as_array().unwrap().iter().find(|item| item["user_id"] == *id).unwrap().clone();
        assert_eq!(found["presence"]["status"], expected, "{found}");
    };
    status("offline").await;
    presence::connected(&world.ctx, user).await.unwrap();
    status("online").await;
    world.db.clock.advance(Duration::from_secs(10));
    let away = json!({"status": "away", "reason": "午休"});
    let got = world.send(&agent, "PUT /me/presence", Some(away), &[]).await.expect(200);
    assert_eq!((got["reason"].as_str(), got["connected"].as_bool()), (Some("午休"), Some(true)));
    presence::disconnected(&world.ctx, user).await.unwrap();
    world.db.clock.advance(Duration::from_secs(59));
    spine.settle().await.unwrap();
    status("away").await;
    world.db.clock.advance(Duration::from_secs(1));
    spine.settle().await.unwrap();
    status("offline").await;
    presence::connected(&world.ctx, user).await.unwrap();
    status("away").await;
    // After a crash nobody is connected; who does not come back is offline.
    presence::after_start(&world.ctx, |_| false).await.unwrap();
    world.db.clock.advance(Duration::from_secs(61));
    spine.settle().await.unwrap();
    status("offline").await;
    let line = world
        .get(
            &agent,
            &format!("/users/{id}/presence/timeline?from=2026-09-18T00:00:00Z&to=2026-09-19T00:00:00Z"),
        )
        .await
        .expect(200);
    let line: Vec<&str> =
        line["items"].as_array().unwrap().iter().map(|p| p["status"].as_str().unwrap()).collect();
    assert_eq!(line, ["online", "away", "offline", "away", "offline"]);
}

on_both_engines!(
    users_are_listed_by_pinyin_and_found,
    a_change_needs_the_present_version,
    the_last_administrator_stays,
    nobody_gives_or_reaches_more_than_they_hold,
    rights_hold_from_the_next_request,
    teams_have_members_and_a_lead,
    presence_is_kept_and_has_a_time_line,
);
