//! Second factors and recovery codes.

use std::time::Duration;

use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::world::{Browser, PASSWORD, World};

fn code(world: &World, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(world.ctx.now().millis() / 1_000).unwrap()).to_string()
}

fn sign_in(more: Value) -> Value {
    let mut body = json!({"email": "admin@example.com", "password": PASSWORD});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// Turns the second factor on and gives its secret and the recovery codes.
async fn turn_on(world: &World, browser: &Browser) -> (String, Vec<String>) {
    let started = world.post(browser, "/me/totp", json!({})).await.expect(200);
    assert!(started["qr_svg"].as_str().unwrap().contains("<svg"));
    assert!(started["uri"].as_str().unwrap().starts_with("otpauth://totp/"));
    let secret = started["secret"].as_str().unwrap().to_owned();
    world.post(browser, "/me/totp/confirm", json!({"code": "000000"})).await.refused("totp_invalid");
    let codes =
        world.post(browser, "/me/totp/confirm", json!({"code": code(world, &secret)})).await.expect(200);
    let codes = codes["recovery_codes"].as_array().unwrap();
    (secret, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

async fn a_code_works_once(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (secret, codes) = turn_on(&world, &admin).await;
    assert_eq!(codes.len(), 10);
    world.post(&admin, "/me/totp", json!({})).await.refused("totp_enabled_already");
    let browser = Browser::default();
    let half = world.post(&browser, "/session", sign_in(json!({}))).await.expect(200);
    assert_eq!((half["state"].as_str(), half["me"].is_null()), (Some("totp_required"), true));
    world.get(&browser, "/me").await.refused("unauthenticated");
    // The code that turned it on is used up.
    let used = code(&world, &secret);
    world.post(&browser, "/session", sign_in(json!({"totp": used}))).await.refused("totp_invalid");
    world.db.clock.advance(Duration::from_secs(30));
    let fresh = code(&world, &secret);
    world.post(&browser, "/session", sign_in(json!({"totp": fresh}))).await.expect(200);
    world
        .post(&Browser::default(), "/session", sign_in(json!({"totp": fresh})))
        .await
        .refused("totp_invalid");
    assert_eq!(world.get(&browser, "/me").await.expect(200)["totp_enabled"], true);

    let recovery = json!({"recovery_code": codes[3].to_uppercase()});
    world.post(&Browser::default(), "/session", sign_in(recovery.clone())).await.expect(200);
    world.post(&Browser::default(), "/session", sign_in(recovery)).await.refused("totp_invalid");
    world
        .post(&browser, "/me/totp/recovery_codes", json!({"password": "wrong"}))
        .await
        .refused("credentials_invalid");
    let new =
        world.post(&browser, "/me/totp/recovery_codes", json!({"password": PASSWORD})).await.expect(200);
    assert_eq!(new["recovery_codes"].as_array().unwrap().len(), 10);
    let old = json!({"recovery_code": codes[4]});
    world.post(&Browser::default(), "/session", sign_in(old)).await.refused("totp_invalid");

    world.send(&browser, "DELETE /me/totp", Some(json!({"password": PASSWORD})), &[]).await.expect(204);
    assert_eq!(
        world.post(&Browser::default(), "/session", sign_in(json!({}))).await.expect(200)["state"],
        "signed_in"
    );
}

async fn guessing_codes_is_slowed_down(db: TestDb) {
    let (world, admin) = World::new(db).await;
    turn_on(&world, &admin).await;
    let thief = Browser { forwarded: Some("203.0.113.5"), ..Browser::default() };
    let mut statuses = Vec::new();
    for n in 0..7 {
        statuses
            .push(world.post(&thief, "/session", sign_in(json!({"totp": format!("{n:06}")}))).await.status);
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429]);
    // Knowing the password does not set the count back.
    world.db.clock.advance(Duration::from_secs(2));
    world.post(&thief, "/session", sign_in(json!({}))).await.expect(200);
    let refused = world.post(&thief, "/session", sign_in(json!({"totp": "123456"}))).await;
    assert!(matches!(refused.status, 401 | 429));
    let again = world.post(&thief, "/session", sign_in(json!({"totp": "123457"}))).await;
    assert_eq!(again.status, 429, "{}", again.text);
}

async fn where_it_is_required_nobody_works_without(db: TestDb) {
    let (world, admin) = World::new(db).await;
    let (_, agent) = world.user(&admin, "agent", &["agent"]).await;
    turn_on(&world, &admin).await;
    world.patch(&admin, "/settings", 1, json!({"totp_required": true})).await.expect(200);
    world.get(&agent, "/users").await.refused("forbidden");
    assert_eq!(world.get(&agent, "/me").await.expect(200)["rights"], json!([]));
    turn_on(&world, &agent).await;
    world.get(&agent, "/users").await.expect(200);
    world.get(&admin, "/users").await.expect(200);
}

on_both_engines!(a_code_works_once, guessing_codes_is_slowed_down, where_it_is_required_nobody_works_without);
