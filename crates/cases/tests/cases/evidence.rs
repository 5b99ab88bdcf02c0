//! Evidence with its hash and where it came from.

use heard_desk::{
    conversations::ConversationId,
    inbound::{Destination, Inbound, receive},
    messages::Words,
};
use heard_kernel::Actor;
use heard_platform::files::{self, NewUpload, Purpose, Sweep};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

/// Uploads a file that will be evidence, and gives the upload when it is complete.
async fn upload(w: &World, name: &str, bytes: &'static [u8]) -> Value {
    let body = json!({"name": name, "size": bytes.len()});
    let upload = w.ok("wang", "POST /evidence_uploads", body).await;
    let request = axum::http::Request::patch(format!("/api/v1/uploads/{}", upload["id"].as_str().unwrap()))
        .header("authorization", "wang")
        .header("upload-offset", "0")
        .body(axum::body::Body::from(bytes))
        .unwrap();
    let answer = tower::ServiceExt::oneshot(w.app.clone(), request).await.unwrap();
    let sent = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&sent).unwrap()
}

async fn evidence_keeps_its_hash_and_its_origin(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let bytes = b"call record: it crashed at nine";
    let sent = upload(&w, "通话记录.txt", bytes).await;
    let piece = json!({"attachment_id": sent["attachment"]["id"], "note": "通话", "given_by": "team"});
    let (status, code) = w.refused("li", &format!("POST {path}/evidence"), piece.clone()).await;
    assert_eq!((status, code.as_str()), (404, "not_found"));
    let (status, code) = w.refused("chen", &format!("POST {path}/evidence"), piece.clone()).await;
    assert_eq!((status, code.as_str()), (422, "evidence_not_usable"), "another's upload");
    let case = w.ok("wang", &format!("POST {path}/evidence"), piece.clone()).await;
    let kept = &case["evidence"][0];
    assert_eq!((&kept["sha256"], &kept["name"]), (&sent["attachment"]["sha256"], &json!("通话记录.txt")));
    assert_eq!((&kept["added_by"]["name"], &kept["given_by"]), (&json!("王芳"), &json!("team")));
    let again = w.ok("wang", &format!("POST {path}/evidence"), piece).await;
    assert_eq!(again["evidence"].as_array().unwrap().len(), 1, "the same file is the same piece");
    let file = format!("{path}/evidence/{}", kept["id"].as_str().unwrap());
    let (status, _, content) = w.raw("chen", &format!("GET {file}/file"), None, Value::Null).await;
    assert_eq!((status, content.as_slice()), (200, &bytes[..]));
    assert_eq!(w.call("li", &format!("GET {file}/file"), None, Value::Null).await.0, 404);
    let gone = w.ok("wang", &format!("POST {file}/remove"), json!({"reason": "传错了"})).await;
    assert_eq!(gone["evidence"][0]["removal_reason"], "传错了", "it stays visible as removed");
}

/// The customer sends a file in a conversation.
async fn sends(w: &World, to: ConversationId, name: &str, bytes: &'static [u8]) {
    let customer = Actor::contact(w.contact.0);
    let new = NewUpload {
        name: name.to_owned(),
        size: bytes.len() as u64,
        purpose: Purpose::Message,
        conversation_id: Some(to.0),
        limit: 1_000,
        kinds: Vec::new(),
    };
    let file = files::store_bytes(&w.ctx, &customer, new, bytes.to_vec().into()).await.unwrap();
    let words = Words { attachment_ids: vec![file.id], ..Words::default() };
    let inbound = Inbound::new(w.inbox, w.contact, Destination::Conversation(to), words);
    w.ctx.tx(&customer, async move |tx| receive(tx, inbound.clone()).await).await.unwrap();
}

async fn files_that_come_in_the_conversation_become_evidence_with_their_origin(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "课程闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    sends(&w, conversation, "后来的截图.txt", b"screen").await;
    let line = format!("GET {path}/offered_files");
    let offered = w.ok("wang", &line, Value::Null).await;
    let file = &offered["items"][0];
    assert_eq!((&file["name"], &file["given_by"]), (&json!("后来的截图.txt"), &json!("customer")));
    let piece = json!({"attachment_id": file["attachment_id"], "note": "客户补充"});
    let case = w.ok("wang", &format!("POST {path}/evidence"), piece).await;
    let kept = &case["evidence"][0];
    assert_eq!((&kept["conversation_id"], &kept["given_by"]), (&json!(conversation), &json!("customer")));
    assert_eq!(w.ok("wang", &line, Value::Null).await["items"], json!([]), "it is evidence now");
    assert_eq!(w.refused("li", &line, Value::Null).await.0, 404, "only who sees the case");
}

async fn a_log_that_is_evidence_is_looked_into(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let log = "02-03 04:05:06.789  1234  5678 E Player: 打不开课程 12\n02-03 04:05:07.000  1234  5678 I Player: up\n";
    let sent = upload(&w, "player.log", log.as_bytes()).await;
    let piece = json!({"attachment_id": sent["attachment"]["id"], "note": "日志"});
    let case = w.ok("wang", &format!("POST {path}/evidence"), piece).await;
    let file = format!("GET {path}/evidence/{}/log", case["evidence"][0]["id"].as_str().unwrap());
    let page = w.ok("chen", &format!("{file}?level=error"), Value::Null).await;
    assert_eq!((&page["overview"]["format"], &page["overview"]["lines"]), (&json!("android"), &json!(2)));
    assert_eq!((&page["lines"][0]["no"], &page["matched"]), (&json!(1), &json!(1)));
    assert_eq!(page["overview"]["patterns"][0]["text"], "E Player: 打不开课程 #");
    for who in ["li", "zhao"] {
        assert_eq!(w.call(who, &file, None, Value::Null).await.0, 404, "{who}");
    }
    assert_eq!(w.call("nobody", &file, None, Value::Null).await.0, 403);
    let other = w.complaint("另一件").await;
    let foreign = file.replace(&path, &other);
    assert_eq!(w.call("chen", &foreign, None, Value::Null).await.0, 404, "of another case");
}

async fn evidence_that_was_added_to_nothing_is_swept_after_a_day(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let (used, left) = (upload(&w, "a.txt", b"used").await, upload(&w, "b.txt", b"left").await);
    let piece = |sent: &Value| json!({"attachment_id": sent["attachment"]["id"], "note": "截图"});
    let case = w.ok("wang", &format!("POST {path}/evidence"), piece(&used)).await;
    let sweep = async || {
        w.ctx.tx(&Actor::system(), async |tx| tx.enqueue(&Sweep).await).await.unwrap();
        w.settle().await;
    };
    w.at("09-19 16:00").await;
    sweep().await;
    w.at("09-19 17:00").await;
    sweep().await;
    let (status, code) = w.refused("wang", &format!("POST {path}/evidence"), piece(&left)).await;
    assert_eq!((status, code.as_str()), (422, "evidence_not_usable"), "gone after a day");
    let file = format!("GET {path}/evidence/{}/file", case["evidence"][0]["id"].as_str().unwrap());
    let (status, _, content) = w.raw("wang", &file, None, Value::Null).await;
    assert_eq!((status, content.as_slice()), (200, &b"used"[..]), "what is evidence stays");
}

on_both_engines!(
    evidence_keeps_its_hash_and_its_origin,
    files_that_come_in_the_conversation_become_evidence_with_their_origin,
    a_log_that_is_evidence_is_looked_into,
    evidence_that_was_added_to_nothing_is_swept_after_a_day,
);
