//! API tokens, settings, the command line.

use std::time::Duration;

use heard_kernel::Locale;
use heard_platform::{
    command_line::{UserToAdd, reset_password, user_add},
    rights::BuiltIn,
};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::json;

use crate::world::{Browser, PASSWORD, World};

fn program(token: &str) -> Browser {
    Browser { bearer: Some(token.to_owned()), ..Browser::default() }
}

async fn a_token_does_no_more_than_it_says(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (id, agent) = world.user(&admin, "agent", &["agent"]).await;
    world
        .post(&agent, "/api_tokens", json!({"name": "x", "scopes": ["user.manage"]}))
        .await
        .refused("rights_exceeded");
    let past = json!({"name": "x", "scopes": [], "expires_at": "2020-01-01T00:00:00Z"});
    world.post(&agent, "/api_tokens", past).await.refused("in_the_past");
    let end = world.ctx.now().plus_seconds(3_600).to_string();
    let body = json!({"name": "报表", "scopes": ["user.read"], "expires_at": end});
    let made = world.post(&agent, "/api_tokens", body).await.expect(201);
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("heard_") && token.starts_with(made["prefix"].as_str().unwrap()));
    let robot = program(token);
    // No cookie, so no token against forged requests is needed; but nothing about credentials can be changed.
    world.get(&robot, "/users").await.expect(200);
    world.get(&robot, "/settings").await.refused("forbidden");
    world.post(&robot, "/api_tokens", json!({"name": "y", "scopes": []})).await.refused("session_required");
    let change = json!({"current": PASSWORD, "new": "another good one"});
    world.post(&robot, "/me/password", change).await.refused("session_required");
    world.post(&robot, "/me/totp", json!({})).await.refused("session_required");
    world.send(&robot, "PATCH /me", Some(json!({"name": "x"})), &[]).await.refused("session_required");
    assert!(!world.get(&agent, "/api_tokens").await.expect(200)["items"][0]["last_used_at"].is_null());
    assert!(world.get(&agent, "/api_tokens").await.expect(200)["items"][0]["token"].is_null());

    world.get(&agent, "/api_tokens?all=true").await.refused("forbidden");
    let all = world.get(&admin, "/api_tokens?all=true").await.expect(200);
    assert_eq!(all["items"][0]["user"]["name"], "agent");
    // Who loses a right loses it in the token too.
    world.patch(&admin, &format!("/users/{id}"), 1, json!({"role_ids": []})).await.expect(200);
    world.get(&robot, "/users").await.refused("forbidden");
    world.db.clock.advance(Duration::from_secs(3_601));
    world.get(&robot, "/me").await.refused("unauthenticated");
    for forged in ["heard_", "heard_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Bearer", "x"] {
        world.get(&program(forged), "/me").await.refused("unauthenticated");
    }
}

async fn a_revoked_token_is_dead_at_once(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (_, agent) = world.user(&admin, "agent", &["agent"]).await;
    let made =
        world.post(&admin, "/api_tokens", json!({"name": "x", "scopes": ["user.read"]})).await.expect(201);
    let robot = program(made["token"].as_str().unwrap());
    world.get(&robot, "/users").await.expect(200);
    let path = format!("/api_tokens/{}", made["id"].as_str().unwrap());
    world.delete(&agent, &path).await.refused("not_found");
    world.delete(&admin, &path).await.expect(204);
    world.get(&robot, "/users").await.refused("unauthenticated");
}

async fn settings_change_by_version_and_keep_secrets(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let mail = json!({"from": "help@example.com", "smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_user": "u",
                      "smtp_password": "s3cret-value", "security": "none"});
    let patch = json!({"public_url": "https://help.example.com/", "session_hours": 8, "mail": mail});
    let settings = world.patch(&admin, "/settings", 1, patch).await.expect(200);
    assert_eq!(settings["public_url"], "https://help.example.com");
    assert_eq!(
        (settings["mail"]["smtp_password_set"].as_bool(), settings["version"].as_i64()),
        (Some(true), Some(2))
    );
    assert!(!settings.to_string().contains("s3cret"));
    let conflict =
        world.patch(&admin, "/settings", 1, json!({"organization": "X"})).await.refused("version_conflict");
    assert_eq!(conflict["params"]["current"]["version"], 2);
    world.patch(&admin, "/settings", 2, json!({"password_min_length": 4})).await.refused("out_of_range");
    world
        .patch(&admin, "/settings", 2, json!({"public_url": "javascript:alert(1)"}))
        .await
        .refused("url_invalid");
    world.patch(&admin, "/settings", 2, json!({"currency": "DEM"})).await.refused("currency_unknown");
    let yen = world.patch(&admin, "/settings", 2, json!({"currency": "jpy"})).await.expect(200);
    assert_eq!((&yen["currency"], &settings["currency"]), (&json!("JPY"), &json!("CNY")));
    assert_eq!(world.get(&admin, "/me").await.expect(200)["currency"], "JPY");
    // Neither the log nor the database tells the password.
    let events = world.ctx.events_after(0, 100).await.unwrap();
    let changed = events.iter().find(|event| event.kind == "settings.updated").unwrap();
    assert!(
        changed.data.to_string().contains("mail.smtp_password")
            && !changed.data.to_string().contains("s3cret")
    );
    let stored = heard_platform::settings::mail_password(&world.ctx).await.unwrap();
    assert_eq!(stored.as_deref(), Some("s3cret-value"));
    let failed = world.post(&admin, "/settings/mail/test", json!({"to": "a@example.com"})).await;
    assert_eq!(failed.status, 502);
    failed.refused("mail_failed");
    let cleared =
        world.patch(&admin, "/settings", 3, json!({"mail": {"smtp_password": "", "smtp_host": ""}})).await;
    assert_eq!(cleared.expect(200)["mail"]["smtp_password_set"], false);
    world
        .post(&admin, "/settings/mail/test", json!({"to": "a@example.com"}))
        .await
        .refused("mail_not_set_up");
}

async fn the_command_line_lets_the_owner_back_in(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let added = UserToAdd {
        name: "运维".to_owned(),
        email: "ops@example.com".to_owned(),
        password: PASSWORD.to_owned(),
        role: BuiltIn::Auditor,
    };
    user_add(&world.ctx, added.clone()).await.unwrap();
    assert_eq!(user_add(&world.ctx, added).await.unwrap_err().code().id, "already_exists");
    let ops = world.sign_in("ops@example.com").await;
    assert_eq!(world.get(&ops, "/me").await.expect(200)["roles"][0]["key"], "auditor");
    assert_eq!(BuiltIn::Auditor.words(Locale::ZhCn).0, "审计员");

    let unknown = reset_password(&world.ctx, "nobody@example.com", PASSWORD).await.unwrap_err();
    assert_eq!(unknown.code().id, "not_found");
    reset_password(&world.ctx, "admin@example.com", "a brand new one").await.unwrap();
    world.get(&admin, "/me").await.refused("session_expired");
    let body = json!({"email": "admin@example.com", "password": "a brand new one"});
    world.post(&Browser::default(), "/session", body).await.expect(200);
}

on_both_engines!(
    a_token_does_no_more_than_it_says,
    a_revoked_token_is_dead_at_once,
    settings_change_by_version_and_keep_secrets,
    the_command_line_lets_the_owner_back_in,
);
