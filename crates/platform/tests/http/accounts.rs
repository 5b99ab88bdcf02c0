//! Signing in and out, guessing, sessions, one's own account, invitations, resets.

use std::{sync::Arc, time::Duration};

use heard_testkit::{TestDb, on_both_engines, overlap};
use serde_json::{Value, json};

use crate::world::{Browser, PASSWORD, World};

fn credentials(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

async fn the_cookie_is_out_of_reach_and_changes_need_the_token(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let browser = Browser::default();
    let got = world.post(&browser, "/session", credentials("ADMIN@example.com", PASSWORD)).await;
    let cookie = got.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; HttpOnly; SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    let https = Browser::default();
    let got = world
        .send(
            &https,
            "POST /session",
            Some(credentials("admin@example.com", PASSWORD)),
            &[("x-forwarded-proto", "https")],
        )
        .await;
    assert!(got.headers["set-cookie"].to_str().unwrap().ends_with("; Secure"));

    *browser.csrf.lock().unwrap() = None;
    world.send(&browser, "PATCH /me", Some(json!({"theme": "dark"})), &[]).await.refused("csrf_failed");
    *browser.csrf.lock().unwrap() = admin.csrf.lock().unwrap().clone();
    world.send(&browser, "PATCH /me", Some(json!({"theme": "dark"})), &[]).await.refused("csrf_failed");
    world.get(&browser, "/me").await.expect(200);

    world.delete(&admin, "/session").await.expect(204);
    world.get(&admin, "/me").await.refused("unauthenticated");
    let forged = Browser::default();
    *forged.cookie.lock().unwrap() = Some("A".repeat(43));
    world.get(&forged, "/me").await.refused("session_expired");
}

async fn nobody_learns_who_has_an_account(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, _) = world.user(&admin, "gone", &["agent"]).await;
    let version = world.get(&admin, &format!("/users/{id}")).await.expect(200)["version"].as_i64().unwrap();
    world.patch(&admin, &format!("/users/{id}"), version, json!({"state": "disabled"})).await.expect(200);
    let mut answers = Vec::new();
    for (email, password) in [
        ("admin@example.com", "wrong wrong wrong"),
        ("nobody@example.com", PASSWORD),
        ("gone@example.com", PASSWORD),
    ] {
        let got = world.post(&Browser::default(), "/session", credentials(email, password)).await;
        let mut body = got.json.clone();
        body["request_id"] = Value::Null;
        answers.push((got.status, body));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0].1["code"], "credentials_invalid");
    for email in ["admin@example.com", "nobody@example.com"] {
        let got = world.post(&Browser::default(), "/password_reset", json!({"email": email})).await;
        assert_eq!((got.status, got.text.as_str()), (202, ""));
    }
    let failures = world.kinds().await.iter().filter(|kind| *kind == "sign_in.failed").count();
    assert_eq!(failures, 3);
}

async fn guessing_is_slowed_down_and_the_owner_gets_in(db: TestDb) {
    let (world, _) = World::new(db).await;
    let thief = Browser { forwarded: Some("203.0.113.5"), ..Browser::default() };
    let mut waits = Vec::new();
    for _ in 0..9 {
        let got = world.post(&thief, "/session", credentials("admin@example.com", "wrong")).await;
        if let Some(wait) = got.headers.get("retry-after") {
            let seconds: u64 = wait.to_str().unwrap().parse().unwrap();
            waits.push(seconds);
            got.refused("too_many_attempts");
            world.db.clock.advance(Duration::from_secs(seconds));
        } else {
            got.refused("credentials_invalid");
        }
    }
    assert_eq!(waits, [1, 2], "each failure after the fifth doubles the wait");
    // The right password does not help the thief while the wait runs, and the owner elsewhere is not held up.
    world
        .post(&thief, "/session", credentials("admin@example.com", PASSWORD))
        .await
        .refused("too_many_attempts");
    let owner = Browser { forwarded: Some("198.51.100.1"), ..Browser::default() };
    world.post(&owner, "/session", credentials("admin@example.com", PASSWORD)).await.expect(200);
    // Many accounts from one address are slowed down too.
    let sprayer = Browser { forwarded: Some("203.0.113.77"), ..Browser::default() };
    let mut refused = 0;
    for n in 0..32 {
        let got = world.post(&sprayer, "/session", credentials(&format!("u{n}@example.com"), "x")).await;
        refused += usize::from(got.status == 429);
    }
    assert_eq!(refused, 2);
}

async fn sessions_end_by_time_and_by_hand(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let spine = world.spine();
    let other = world.sign_in("admin@example.com").await;
    let sessions = world.get(&admin, "/sessions").await.expect(200);
    assert_eq!(sessions["items"].as_array().unwrap().len(), 2);
    let current = |session: &&Value| session["current"] == true;
    assert_eq!(sessions["items"].as_array().unwrap().iter().filter(current).count(), 1);
    world.delete(&admin, "/sessions").await.expect(204);
    world.get(&other, "/me").await.refused("session_expired");
    world.get(&admin, "/me").await.expect(200);

    // Use moves the end: eleven hours, and eleven more.
    for _ in 0..3 {
        world.db.clock.advance(Duration::from_secs(11 * 3_600));
        world.get(&admin, "/me").await.expect(200);
        spine.settle().await.unwrap();
    }
    world.db.clock.advance(Duration::from_secs(12 * 3_600 + 1));
    world.get(&admin, "/me").await.refused("session_expired");
    spine.settle().await.unwrap();
    let again = world.sign_in("admin@example.com").await;
    let left = world.get(&again, "/sessions").await.expect(200);
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    // Another user's session is not there.
    let (_, agent) = world.user(&again, "agent", &["agent"]).await;
    let id = left["items"][0]["id"].as_str().unwrap();
    world.delete(&agent, &format!("/sessions/{id}")).await.refused("not_found");
}

async fn people_change_their_own_account(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let foreign = json!({"avatar_attachment_id": "01890000-0000-7000-8000-000000000000"});
    world.send(&admin, "PATCH /me", Some(foreign), &[]).await.refused("attachment_not_usable");
    world.send(&admin, "PATCH /me", Some(json!({"avatar_attachment_id": null})), &[]).await.expect(200);
    let patch = json!({"name": " 陈\u{202E}总 ", "theme": "dark", "locale": "en", "preferences": {"a": 1, "b": {"c": true}}});
    let me = world.send(&admin, "PATCH /me", Some(patch), &[]).await.expect(200);
    assert_eq!(
        (me["name"].as_str(), me["theme"].as_str(), me["locale"].as_str()),
        (Some("陈总"), Some("dark"), Some("en"))
    );
    let me =
        world.send(&admin, "PATCH /me", Some(json!({"preferences": {"a": null}})), &[]).await.expect(200);
    assert_eq!(me["preferences"], json!({"b": {"c": true}}));
    let huge = json!({"preferences": {"x": "y".repeat(40_000)}});
    world.send(&admin, "PATCH /me", Some(huge), &[]).await.refused("preferences_too_large");
    world.send(&admin, "PATCH /me", Some(json!({"rights": []})), &[]).await.refused("unknown_field");

    let other = world.sign_in("admin@example.com").await;
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    world
        .post(&admin, "/me/password", change("wrong", "another good one"))
        .await
        .refused("credentials_invalid");
    world.post(&admin, "/me/password", change(PASSWORD, "short")).await.refused("password_too_short");
    world.post(&admin, "/me/password", change(PASSWORD, "Password123!")).await.refused("password_common");
    world.post(&admin, "/me/password", change(PASSWORD, "another good one")).await.expect(204);
    world.get(&other, "/me").await.refused("session_expired");
    world.get(&admin, "/me").await.expect(200);
    world
        .post(&other, "/session", credentials("admin@example.com", PASSWORD))
        .await
        .refused("credentials_invalid");
}

fn token_of(link: &Value) -> String {
    link.as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn invitations_are_good_once_and_for_a_week(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let roles = world.role_ids(&admin, &["agent"]).await;
    let body = json!({"email": "new@example.com", "name": "小李", "role_ids": roles});
    let invitation = world.post(&admin, "/invitations", body.clone()).await.expect(201);
    assert_eq!(
        (invitation["mailed"].as_bool(), invitation["roles"][0]["key"].as_str()),
        (Some(false), Some("agent"))
    );
    let old = token_of(&invitation["link"]);
    let second = world.post(&admin, "/invitations", body.clone()).await.expect(201);
    let token = token_of(&second["link"]);
    let visitor = Browser::default();
    world.post(&visitor, "/invitations/lookup", json!({"token": old})).await.refused("invitation_expired");
    let info = world.post(&visitor, "/invitations/lookup", json!({"token": token})).await.expect(200);
    assert_eq!(
        (info["email"].as_str(), info["organization"].as_str()),
        (Some("new@example.com"), Some("青藤软件"))
    );
    assert!(world.get(&admin, "/invitations").await.expect(200)["items"][0]["link"].is_null());

    let accept = json!({"token": token, "name": "李娜", "password": PASSWORD, "locale": "zh-CN"});
    let me = world.post(&visitor, "/invitations/accept", accept.clone()).await.expect(200);
    assert_eq!(me["roles"][0]["key"], "agent");
    world.get(&visitor, "/me").await.expect(200);
    world.post(&Browser::default(), "/invitations/accept", accept).await.refused("invitation_expired");
    world.post(&admin, "/invitations", body).await.refused("email_taken");

    let late = json!({"email": "late@example.com"});
    let late = token_of(&world.post(&admin, "/invitations", late).await.expect(201)["link"]);
    world.db.clock.advance(Duration::from_secs(7 * 86_400));
    world.post(&visitor, "/invitations/lookup", json!({"token": late})).await.refused("invitation_expired");
    world.spine().settle().await.unwrap();
    assert!(world.kinds().await.contains(&"invitation.withdrawn".to_owned()));
}

async fn a_forgotten_password_is_answered_by_mail(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let mail = json!({"mail": {"from": "h@example.com", "smtp_host": "127.0.0.1", "smtp_port": 1, "security": "none"}});
    world.patch(&admin, "/settings", 1, mail).await.expect(200);
    let spine = world.spine();
    let visitor = Browser::default();
    for (email, jobs) in [("nobody@example.com", 0), ("Admin@Example.com", 1)] {
        world.post(&visitor, "/password_reset", json!({"email": email})).await.expect(202);
        spine.settle().await.unwrap();
        let waiting = world.get(&admin, "/jobs?kind=mail.send").await.expect(200);
        assert_eq!(waiting["items"].as_array().unwrap().len(), jobs, "{email}");
    }
    assert!(world.kinds().await.contains(&"user.password_reset_requested".to_owned()));
    world.post(&visitor, "/password_reset", json!({"email": "x"})).await.refused("email_invalid");
}

async fn a_reset_link_is_good_once_and_ends_all_sessions(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, agent) = world.user(&admin, "agent", &["agent"]).await;
    let link = world.post(&admin, &format!("/users/{id}/reset_password"), json!({})).await.expect(200);
    let token = token_of(&link["link"]);
    let visitor = Browser::default();
    let complete = |token: &str, password: &str| json!({"token": token, "password": password});
    world
        .post(&visitor, "/password_reset/complete", complete("forged", PASSWORD))
        .await
        .refused("invitation_expired");
    world
        .post(&visitor, "/password_reset/complete", complete(&token, "agent12345"))
        .await
        .refused("password_common");
    world.post(&visitor, "/password_reset/complete", complete(&token, "a brand new one")).await.expect(204);
    world.get(&agent, "/me").await.refused("session_expired");
    world
        .post(&visitor, "/password_reset/complete", complete(&token, "a brand new two"))
        .await
        .refused("invitation_expired");
    world.post(&visitor, "/session", credentials("agent@example.com", "a brand new one")).await.expect(200);
}

/// The old password is looked at while another process stores a new one and ends all sessions.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_slips_in_with_the_old_password_while_it_is_changed() {
    let (world, admin) = World::new(TestDb::postgres().await).await;
    world.user(&admin, "agent", &["agent"]).await;
    let two = world.db.second().await;
    let world = Arc::new(world);
    let visitor = Arc::clone(&world);
    let (changed, got) = overlap(
        &world.db,
        |gate| async move {
            two.tx(async move |tx| {
                tx.execute("UPDATE credentials SET password_hash = 'another'", &[]).await?;
                gate.hold().await;
                Ok(())
            })
            .await
        },
        async move {
            visitor.post(&Browser::default(), "/session", credentials("agent@example.com", PASSWORD)).await
        },
    )
    .await;
    changed.unwrap();
    got.refused("credentials_invalid");
}

on_both_engines!(
    the_cookie_is_out_of_reach_and_changes_need_the_token,
    nobody_learns_who_has_an_account,
    guessing_is_slowed_down_and_the_owner_gets_in,
    sessions_end_by_time_and_by_hand,
    people_change_their_own_account,
    invitations_are_good_once_and_for_a_week,
    a_forgotten_password_is_answered_by_mail,
    a_reset_link_is_good_once_and_ends_all_sessions,
);
