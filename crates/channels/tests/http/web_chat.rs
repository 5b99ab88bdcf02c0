//! Visitors of the widget.

use heard_desk::messages::MessageKind;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::World;

async fn a_visitor_talks_and_comes_back(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let id = world.opened(&visitor, "订单还没有发货").await;
    world.answers(&id, MessageKind::Note, "内部：查物流").await;
    world.answers(&id, MessageKind::Text, "马上为您查询").await;
    let path = format!("/widget/conversations/{id}/messages");
    let page = world.call(&visitor, &format!("GET {path}?after=0"), Value::Null).await.expect(200);
    let said: Vec<&str> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message["author"]["kind"] != "system")
        .map(|message| message["body"].as_str().unwrap())
        .collect();
    assert_eq!(said, ["订单还没有发货", "马上为您查询"], "what is written inside stays inside");
    // The token of the first visit brings the conversation back on the next one.
    let again = json!({"token": visitor.trim_start_matches("Visitor ")});
    let line = format!("POST /widget/{}/session", world.shop_key);
    let session = world.call("", &line, again).await.expect(200);
    assert_eq!(session["conversations"][0]["id"], json!(id));
    assert_eq!(session["conversations"][0]["unread"], 1);
}

async fn the_same_key_is_one_message(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let id = world.opened(&visitor, "你好").await;
    let path = format!("POST /widget/conversations/{id}/messages");
    let said = json!({"client_key": "k1", "body": "在吗"});
    let first = world.call(&visitor, &path, said.clone()).await.expect(201);
    let second = world.call(&visitor, &path, said).await.expect(201);
    assert_eq!(first["id"], second["id"]);
    let other = world.call(&visitor, &path, json!({"client_key": "k1", "body": "别的"})).await;
    other.refused(422, "idempotency_key_reused");
}

async fn strangers_reach_nothing(db: TestDb) {
    let world = World::new(db).await;
    let (owner, stranger) = (world.visitor().await, world.visitor().await);
    let id = world.opened(&owner, "我的订单").await;
    let path = format!("/widget/conversations/{id}/messages");
    world.call(&stranger, &format!("GET {path}"), Value::Null).await.refused(404, "not_found");
    let said = json!({"client_key": "x", "body": "插话"});
    world.call(&stranger, &format!("POST {path}"), said).await.refused(404, "not_found");
    let last = if owner.ends_with('A') { 'B' } else { 'A' };
    let forged = format!("{}{last}", &owner[..owner.len() - 1]);
    for token in ["", "Visitor ", "Visitor abc", "Bearer abc", &forged] {
        let got = world.call(token, &format!("GET {path}"), Value::Null).await;
        assert_eq!(got.status, 401, "{token}: {}", got.json);
    }
}

async fn a_token_does_not_last_for_ever(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    world.opened(&visitor, "你好").await;
    world.db.clock.advance(std::time::Duration::from_secs(400 * 24 * 3_600));
    let got = world.call(&visitor, "GET /widget/conversations", Value::Null).await;
    got.refused(401, "visitor_token_expired");
}

async fn a_flood_is_told_to_wait(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let id = world.opened(&visitor, "你好").await;
    let path = format!("POST /widget/conversations/{id}/messages");
    let mut refused = None;
    for n in 0..500 {
        let said = json!({"client_key": format!("k{n}"), "body": "刷屏"});
        let got = world.call(&visitor, &path, said).await;
        if got.status != 201 {
            refused = Some((n, got));
            break;
        }
    }
    let (taken, got) = refused.expect("a flood is refused at some point");
    got.refused(429, "rate_limited");
    assert!(got.headers.contains_key("retry-after"));
    // What was acknowledged is there, and after the wait it goes on.
    world.db.clock.advance(std::time::Duration::from_secs(61));
    let said = json!({"client_key": "later", "body": "现在可以了"});
    let last = world.call(&visitor, &path, said).await.expect(201);
    assert!(last["no"].as_i64().unwrap() > taken);
}

/// What happened, as the visitor is told, of one kind.
async fn lines(world: &World, visitor: &str, id: &str, code: &str) -> Vec<Value> {
    let path = format!("GET /widget/conversations/{id}/messages?after=0");
    let page = world.call(visitor, &path, Value::Null).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items.filter(|message| message["system"]["code"] == code).cloned().collect()
}

async fn technical_details_are_sent_once_or_declined(db: TestDb) {
    let world = World::new(db).await;
    let (visitor, stranger) = (world.visitor().await, world.visitor().await);
    let id = world.opened(&visitor, "页面打不开").await;
    let refusal = format!("POST /widget/conversations/{id}/diagnosis_refusal");
    world.call(&visitor, &refusal, Value::Null).await.expect(204);
    assert!(lines(&world, &visitor, &id, "diagnosis_declined").await.is_empty(), "nobody has asked");
    world.asks_for_diagnosis(&id).await.unwrap();
    world.asks_for_diagnosis(&id).await.unwrap();
    let asked = lines(&world, &visitor, &id, "diagnosis_requested").await;
    assert_eq!(asked.len(), 1, "asked again at once is asked once");
    world.call(&stranger, &refusal, Value::Null).await.refused(404, "not_found");
    world.call(&visitor, &refusal, Value::Null).await.expect(204);
    world.call(&visitor, &refusal, Value::Null).await.expect(204);
    assert_eq!(lines(&world, &visitor, &id, "diagnosis_declined").await.len(), 1);

    world.asks_for_diagnosis(&id).await.unwrap();
    let asked = lines(&world, &visitor, &id, "diagnosis_requested").await;
    assert_eq!(asked.len(), 2);
    let key = format!("diagnosis:{}", asked[1]["id"].as_str().unwrap());
    let path = format!("POST /widget/conversations/{id}/messages");
    let mut sent = Vec::new();
    for _ in 0..2 {
        let file =
            world.uploads(&visitor, &id, "diagnosis-20260920-080000.json", "{\"heard_diagnosis\":1}").await;
        let said = json!({"client_key": key, "body": "", "attachment_ids": [file]});
        sent.push(world.call(&visitor, &path, said).await.expect(201));
    }
    assert_eq!(sent[0]["id"], sent[1]["id"], "sent from two tabs it is one message");
    assert_eq!(sent[0]["attachments"][0]["kind"], "application/json");
    world.call(&visitor, &refusal, Value::Null).await.expect(204);
    assert_eq!(lines(&world, &visitor, &id, "diagnosis_declined").await.len(), 1, "it was answered");
}

async fn nobody_is_asked_where_no_answer_could_come(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let id = world.opened(&visitor, "页面打不开").await;
    let code = async |world: &World, id: &str| world.asks_for_diagnosis(id).await.unwrap_err().code().id;
    world.takes_only(&["image/*"]).await;
    assert_eq!(code(&world, &id).await, "diagnosis_file_refused");
    world.takes_only(&["image/*", "application/json"]).await;
    let close = format!("POST /widget/conversations/{id}/close");
    assert!(world.call(&visitor, &close, Value::Null).await.status < 300);
    assert_eq!(code(&world, &id).await, "diagnosis_conversation_closed");
    let handed = json!({"contact": {"external_id": "u1"}, "body": "你好", "external_id": "m1"});
    let path = format!("POST /channels/{}/messages", world.feedback);
    let handed = world.call("Program", &path, handed).await.expect(201);
    assert_eq!(code(&world, handed["conversation_id"].as_str().unwrap()).await, "diagnosis_not_here");
    assert!(lines(&world, &visitor, &id, "diagnosis_requested").await.is_empty());
}

on_both_engines!(
    technical_details_are_sent_once_or_declined,
    nobody_is_asked_where_no_answer_could_come,
    a_visitor_talks_and_comes_back,
    the_same_key_is_one_message,
    strangers_reach_nothing,
    a_token_does_not_last_for_ever,
    a_flood_is_told_to_wait,
);
