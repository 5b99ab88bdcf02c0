//! Other programs: in-app feedback and the like.

use heard_desk::messages::MessageKind;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::World;

async fn feedback_from_an_app_is_answered(db: TestDb) {
    let world = World::new(db).await;
    let line = format!("/channels/{}/messages", world.feedback);
    let post = json!({
        "external_id": "fb-1",
        "contact": {"external_id": "user-7", "name": "李雷", "phone": "13800138000"},
        "conversation_ref": "feedback-1",
        "subject": "闪退",
        "body": "打开课程就闪退",
        "attachments": [{"name": "日志.txt", "content_base64": "aGVhcmQ"}],
        "form": {"app_version": "3.2.1"},
    });
    let first = world.call("Program", &format!("POST {line}"), post.clone()).await.expect(201);
    let again = world.call("Program", &format!("POST {line}"), post).await.expect(201);
    assert_eq!(first["message_id"], again["message_id"], "handed in twice, there once");
    let conversation = first["conversation_id"].as_str().unwrap();
    world.answers(conversation, MessageKind::Text, "3.2.2 已修复，请更新").await;
    let replies = world.call("Program", &format!("GET {line}?after=0"), Value::Null).await.expect(200);
    let items = replies["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{replies}");
    assert_eq!(
        (&items[0]["body"], &items[0]["conversation_ref"]),
        (&json!("3.2.2 已修复，请更新"), &json!("feedback-1"))
    );
    let after = replies["next_after"].as_i64().unwrap();
    let replies = world.call("Program", &format!("GET {line}?after={after}"), Value::Null).await.expect(200);
    assert_eq!(replies["items"], json!([]));
}

async fn programs_are_told_what_is_wrong(db: TestDb) {
    let world = World::new(db).await;
    let line = format!("POST /channels/{}/messages", world.feedback);
    let post = |contact: Value| json!({"external_id": "x", "contact": contact, "body": "你好"});
    world.call("", &line, post(json!({"email": "a@b.cn"}))).await.refused(401, "unauthenticated");
    let nobody = world.call("Program", &line, post(json!({}))).await;
    nobody.refused(422, "validation_failed");
    assert_eq!(nobody.json["errors"][0]["field"], "contact.external_id", "{}", nobody.json);
    let file = json!([{"name": "a.txt", "content_base64": "***"}]);
    let mut broken = post(json!({"external_id": "u"}));
    broken["attachments"] = file;
    world.call("Program", &line, broken).await.refused(422, "validation_failed");
    let elsewhere = format!("POST /channels/{}/messages", world.ctx.new_id::<uuid::Uuid>());
    world.call("Program", &elsewhere, post(json!({"external_id": "u"}))).await.refused(404, "not_found");
}

on_both_engines!(feedback_from_an_app_is_answered, programs_are_told_what_is_wrong);
