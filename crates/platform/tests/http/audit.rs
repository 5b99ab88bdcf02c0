//! The audit, jobs, the state of the system, mail as a job.

use heard_kernel::{Actor, Locale};
use heard_platform::{audit, system};
use heard_store::params;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{Browser, PASSWORD, World};

async fn tamper(world: &World, sql: &'static str) {
    world.ctx.tx(&Actor::system(), async move |tx| tx.execute(sql, &params![]).await).await.unwrap();
}

fn actions(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

async fn it_tells_who_did_what(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, agent) = world.user(&admin, "agent", &["agent"]).await;
    world.post(&Browser::default(), "/session", json!({"email": "agent@example.com", "password": "x"})).await;
    world.patch(&admin, &format!("/users/{id}"), 1, json!({"capacity": 9})).await.expect(200);
    world.spine().settle().await.unwrap();
    world.get(&agent, "/audit").await.refused("forbidden");
    world.get(&agent, "/audit/verify").await.refused("forbidden");
    world.get(&agent, "/audit/export?format=csv").await.refused("forbidden");
    let page = world.get(&admin, "/audit").await.expect(200);
    assert_eq!(
        actions(&page),
        [
            "user.updated",
            "sign_in.failed",
            "session.opened",
            "user.created",
            "session.opened",
            "user.created"
        ]
    );
    let top = &page["items"][0];
    assert_eq!(
        (top["actor"]["name"].as_str(), top["subject"]["name"].as_str()),
        (Some("陈经理"), Some("agent"))
    );
    assert_eq!((top["seq"].as_i64(), top["detail"]["changed"][0].as_str()), (Some(6), Some("capacity")));
    let failed = &page["items"][1];
    assert_eq!((failed["actor"]["name"].as_str(), failed["subject"]["id"].is_null()), (Some("系统"), true));
    for (query, count) in [
        (format!("actor_id={id}"), 1),
        (format!("subject_id={id}"), 2),
        ("action=user".to_owned(), 3),
        ("action=session.opened".to_owned(), 2),
        ("q=CAPACITY".to_owned(), 1),
        ("to=2026-01-01T00:00:00Z".to_owned(), 0),
        ("from=2026-01-01T00:00:00Z&limit=200".to_owned(), 6),
    ] {
        let page = world.get(&admin, &format!("/audit?{query}")).await.expect(200);
        assert_eq!(actions(&page).len(), count, "{query}");
    }
    let first = world.get(&admin, "/audit?limit=4").await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = world.get(&admin, &format!("/audit?limit=4&cursor={cursor}")).await.expect(200);
    assert_eq!(second["items"].as_array().unwrap().len(), 2);
    // No secret came in.
    let all = page.to_string();
    assert!(!all.contains(PASSWORD) && !all.contains("argon2"));
}

async fn a_copy_is_noted_and_whole(db: TestDb) {
    let (world, admin) = World::new(db).await;
    for n in 0..12 {
        let name = format!("=角色{n}");
        world.post(&admin, "/roles", json!({"name": name, "rights": []})).await.expect(201);
    }
    let spine = world.spine();
    spine.settle().await.unwrap();
    let csv = world.get(&admin, "/audit/export?format=csv").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.text.lines().count(), 1 + 14);
    assert!(csv.text.starts_with("\u{FEFF}seq,at,"));
    spine.settle().await.unwrap();
    let lines = world.get(&admin, "/audit/export?format=jsonl&action=audit").await;
    let entry: Value = serde_json::from_str(lines.text.lines().next().unwrap()).unwrap();
    assert_eq!(
        (entry["action"].as_str(), entry["detail"]["format"].as_str()),
        (Some("audit.exported"), Some("csv"))
    );
    world.get(&admin, "/audit/export?format=pdf").await.expect(422);
}

async fn tampering_is_noticed(db: TestDb) {
    let (world, admin) = World::new(db).await;
    for n in 0..4 {
        world.user(&admin, &format!("u{n}"), &[]).await;
    }
    let spine = world.spine();
    spine.settle().await.unwrap();
    let verdict = world.get(&admin, "/audit/verify").await.expect(200);
    assert_eq!(verdict, json!({"ok": true, "checked": 10, "broken_at": null}));
    tamper(&world, "UPDATE audit SET address = '192.0.2.1' WHERE seq = 4").await;
    assert_eq!(audit::verify(&world.ctx).await.unwrap().broken_at, Some(4));
    tamper(&world, "DELETE FROM audit WHERE seq = 3").await;
    assert_eq!(audit::verify(&world.ctx).await.unwrap().broken_at, Some(3));
    tamper(&world, "DELETE FROM audit WHERE seq > 2").await;
    assert_eq!(audit::verify(&world.ctx).await.unwrap().broken_at, Some(3));
    let checks = system::checks(&world.ctx, Locale::En).await.unwrap();
    let found = checks.iter().find(|check| check.id == "audit").unwrap();
    assert!(!found.ok && found.message.contains("entry 3") && found.advice.is_some(), "{found:?}");
}

async fn jobs_are_seen_retried_and_discarded(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (_, agent) = world.user(&admin, "agent", &["agent"]).await;
    // A mail server that nobody listens at.
    let mail = json!({"mail": {"from": "h@example.com", "smtp_host": "127.0.0.1", "smtp_port": 1, "security": "none"}});
    world.patch(&admin, "/settings", 1, mail).await.expect(200);
    let made = world.post(&admin, "/invitations", json!({"email": "new@example.com"})).await.expect(201);
    assert_eq!(made["mailed"], true);
    let spine = world.spine();
    spine.settle().await.unwrap();
    world.get(&agent, "/jobs").await.refused("forbidden");
    let jobs = world.get(&admin, "/jobs?state=queued&kind=mail.send").await.expect(200);
    let job = &jobs["items"][0];
    assert_eq!((job["kind"].as_str(), job["attempts"].as_i64()), (Some("mail.send"), Some(1)));
    // Whoever looks after the system does not learn the link.
    let token = made["link"].as_str().unwrap().rsplit('/').next().unwrap();
    assert!(!job.to_string().contains(token) && !job.to_string().contains("new@example.com"));
    for _ in 0..12 {
        world.db.clock.advance(std::time::Duration::from_secs(6 * 3_600 + 5_401));
        spine.settle().await.unwrap();
    }
    let again = world.sign_in("admin@example.com").await;
    let summary = world.get(&again, "/jobs/summary").await.expect(200);
    assert_eq!((summary["dead"].as_i64(), summary["reactors"][0]["name"].as_str()), (Some(1), Some("audit")));
    assert_eq!(world.post(&again, "/jobs/retry_all", json!({"kind": "none"})).await.expect(200)["count"], 0);
    assert_eq!(world.post(&again, "/jobs/retry_all", json!({})).await.expect(200)["count"], 1);
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    world.post(&again, &format!("{path}/retry"), json!({})).await.expect(204);
    world.delete(&again, &path).await.expect(204);
    world.delete(&again, &path).await.refused("not_found");
    assert!(world.kinds().await.contains(&"job.discarded".to_owned()));
}

async fn the_system_tells_its_state(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let state = world.send(&admin, "GET /system", None, &[("accept-language", "en")]).await.expect(200);
    assert!(state["database_bytes"].as_i64().unwrap() > 0);
    assert_eq!(state["attachments_bytes"], 0);
    assert!(state["disk_free_bytes"].as_u64().unwrap() > 0 && state["rss_bytes"].as_u64().unwrap() > 0);
    let checks = state["checks"].as_array().unwrap();
    let wrong: Vec<&Value> = checks.iter().filter(|c| c["ok"] == false && c["id"] != "clock").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(checks.iter().any(|check| check["id"] == "mail"));
}

on_both_engines!(
    it_tells_who_did_what,
    a_copy_is_noted_and_whole,
    tampering_is_noticed,
    jobs_are_seen_retried_and_discarded,
    the_system_tells_its_state,
);
