//! The API as the console sees it.

use std::sync::Arc;

use crate::world::{World, world};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, request},
};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Error, Result, codes};
use heard_testkit::TestDb;
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Knows users by the name in `Authorization`.
struct Names(Vec<(&'static str, Actor)>);

impl Authenticator for Names {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let given = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let known = self.0.iter().find(|(name, _)| Some(*name) == given);
        let answer = match known {
            Some((_, actor)) => Ok(Authenticated { actor: actor.clone(), session: None }),
            None => Err(Error::new(codes::UNAUTHENTICATED)),
        };
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

struct Api {
    app: Router,
    w: World,
    _db: TestDb,
}

impl Api {
    async fn new() -> Self {
        let db = TestDb::sqlite().await;
        let w = world(&db).await;
        let names = vec![
            ("wang", w.wang.clone()),
            ("li", w.li.clone()),
            ("boss", w.boss.clone()),
            ("nobody", Actor::user(w.ctx.new_id(), Default::default())),
        ];
        let state = AppState::new(w.ctx.clone(), Arc::new(Names(names)));
        let app = application(state, [heard_desk::routes()], Router::new());
        Self { app, w, _db: db }
    }

    /// Sends `METHOD /path` as somebody, with a body and perhaps a version, and gives status and JSON.
    async fn call(&self, who: &str, line: &str, version: Option<i64>, body: Value) -> (u16, Value) {
        let (status, _, text) = self.raw(who, line, version, body).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    async fn raw(
        &self,
        who: &str,
        line: &str,
        version: Option<i64>,
        body: Value,
    ) -> (u16, axum::http::HeaderMap, String) {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", who)
            .header("accept-language", "zh-CN")
            .header("content-type", "application/json");
        if let Some(version) = version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let answer = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        (parts.status.as_u16(), parts.headers, text)
    }

    async fn ok(&self, who: &str, line: &str, body: Value) -> Value {
        let (status, json) = self.call(who, line, None, body).await;
        assert!((200..300).contains(&status), "{line}: {status} {json}");
        json
    }

    /// Uploads a file for a conversation and gives the id of the attachment.
    async fn uploads(&self, who: &str, conversation: &str, name: &str, bytes: Vec<u8>) -> String {
        let announce =
            json!({"name": name, "size": bytes.len(), "purpose": "message", "conversation_id": conversation});
        let upload = self.ok(who, "POST /uploads", announce).await;
        let mut done = Value::Null;
        for (at, chunk) in bytes.chunks(8 * 1024 * 1024).enumerate() {
            let request = Request::patch(format!("/api/v1/uploads/{}", upload["id"].as_str().unwrap()))
                .header("authorization", who)
                .header("upload-offset", at * 8 * 1024 * 1024)
                .header("content-type", "application/octet-stream")
                .body(Body::from(chunk.to_vec()))
                .unwrap();
            let answer = self.app.clone().oneshot(request).await.unwrap();
            done = serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await.unwrap()).unwrap();
        }
        done["attachment"]["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn who_has_no_name_is_called_the_same_everywhere() {
    let api = Api::new().await;
    let id = api.w.opened("订单没到").await;
    let path = format!("/conversations/{id}");
    let contact = api.ok("wang", &format!("GET {path}"), Value::Null).await["contact"]["id"].clone();
    let phone = json!({"phone": "+86 138 0013 8000"});
    let line = format!("/contacts/{}", contact.as_str().unwrap());
    let version = api.ok("boss", &format!("GET {line}"), Value::Null).await["version"].as_i64();
    let (status, changed) = api.call("boss", &format!("PATCH {line}"), version, phone).await;
    assert_eq!(status, 200, "{changed}");
    let called = &changed["display_name"];
    assert!(called.as_str().unwrap().ends_with("8000") && changed["name"].is_null(), "{changed}");
    let list = api.ok("wang", "GET /conversations?view=all", Value::Null).await;
    assert_eq!(&list["items"][0]["contact"]["display_name"], called);
    assert_eq!(list["items"][0]["contact"]["name"], Value::Null);
    let page = api.ok("wang", &format!("GET {path}/messages?after=0"), Value::Null).await;
    assert_eq!(&page["items"][0]["author"]["name"], called);
    let people = api.ok("boss", "GET /contacts", Value::Null).await;
    assert_eq!(&people["items"][0]["display_name"], called);
    let (_, _, text) =
        api.raw("wang", &format!("GET {path}/transcript?format=text"), None, Value::Null).await;
    assert!(text.contains(called.as_str().unwrap()) && !text.contains("访客"), "{text}");
}

#[tokio::test]
async fn a_conversation_from_the_first_word_to_the_transcript() {
    let api = Api::new().await;
    let id = api.w.opened("你好 <b>订单</b>").await;
    let path = format!("/conversations/{id}");
    let tag = api.ok("boss", "POST /tags", json!({"name": "退款", "color": "red"})).await;
    let tagged = api.ok("wang", &format!("POST {path}/tags"), json!({"add": [tag["id"]]})).await;
    assert_eq!(tagged["tags"][0]["name"], "退款");
    let post = json!({"kind": "text", "body": "您好", "client_key": "a-1"});
    let (status, first) = api.call("wang", &format!("POST {path}/messages"), None, post.clone()).await;
    assert_eq!((status, &first["author"]["name"]), (201, &json!("王芳")));
    let (status, again) = api.call("wang", &format!("POST {path}/messages"), None, post).await;
    assert_eq!((status, &again["id"]), (200, &first["id"]));
    let note = json!({"kind": "note", "body": "内部", "quote_id": first["id"]});
    let note = api.ok("wang", &format!("POST {path}/messages"), note).await;
    assert_eq!(note["quote"]["preview"], "您好");
    let list = api.ok("wang", "GET /conversations?view=mine", Value::Null).await;
    let item = &list["items"][0];
    assert_eq!((&item["assignee"]["name"], &item["last_message"]["note"]), (&json!("王芳"), &json!(true)));
    assert!(item["contact"]["display_name"].as_str().unwrap().starts_with("访客 "));
    let page = api.ok("wang", &format!("GET {path}/messages?after=0"), Value::Null).await;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["last_no"]), (4, &json!(4)));
    let (_, _, html) = api.raw("wang", &format!("GET {path}/transcript"), None, Value::Null).await;
    assert!(html.contains("你好 &lt;b&gt;订单&lt;/b&gt;") && !html.contains("内部"), "{html}");
    let (_, headers, text) =
        api.raw("wang", &format!("GET {path}/transcript?format=text&notes=true"), None, Value::Null).await;
    assert!(text.contains("内部") && text.contains("王芳 领取"), "{text}");
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let viewed = api.w.ctx.events_after(0, 500).await.unwrap();
    assert!(viewed.iter().any(|event| event.kind == "conversation.exported"));
}

#[tokio::test]
async fn an_answer_says_when_the_conversation_comes_back() {
    let api = Api::new().await;
    let id = api.w.opened("什么时候到货").await;
    let path = format!("/conversations/{id}");
    let messages = format!("POST {path}/messages");
    let now = api.w.ctx.now();
    for (until, back) in [(None, 24 * 3_600), (Some(now.plus_seconds(7_200)), 7_200)] {
        let body = json!({"body": "到货就告诉您", "then": "snooze", "snoozed_until": until});
        api.ok("wang", &messages, body).await;
        let shown = api.ok("wang", &format!("GET {path}"), Value::Null).await;
        assert_eq!(shown["snoozed_until"], json!(now.plus_seconds(back)));
    }
    let late = json!({"body": "晚了", "then": "snooze", "snoozed_until": now});
    let (status, problem) = api.call("wang", &messages, None, late).await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("snooze_time_invalid")));
    let page = api.ok("wang", &format!("GET {path}/messages?after=0"), Value::Null).await;
    assert!(page["items"].as_array().unwrap().iter().all(|message| message["body"] != "晚了"));
}

#[tokio::test]
async fn looking_is_told_once_in_a_while() {
    let api = Api::new().await;
    let id = api.w.opened("在吗").await;
    for _ in 0..3 {
        api.ok("wang", &format!("GET /conversations/{id}"), Value::Null).await;
    }
    let events = api.w.ctx.events_after(0, 500).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.kind == "conversation.viewed").count(), 1);
}

#[tokio::test]
async fn versions_and_rights_are_held() {
    let api = Api::new().await;
    let id = api.w.opened("在吗").await;
    let path = format!("/conversations/{id}");
    let (status, _) = api.call("wang", &format!("PATCH {path}"), None, json!({"priority": "high"})).await;
    assert_eq!(status, 428);
    let (status, changed) =
        api.call("wang", &format!("PATCH {path}"), Some(1), json!({"priority": "high"})).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)));
    let (status, stale) = api.call("wang", &format!("PATCH {path}"), Some(1), json!({"subject": "x"})).await;
    assert_eq!((status, &stale["params"]["current"]["priority"]), (409, &json!("high")));
    for line in ["GET /conversations", "GET /contacts", "GET /inboxes", "GET /conversation_counts"] {
        let (status, problem) = api.call("nobody", line, None, Value::Null).await;
        assert_eq!((status, &problem["code"]), (403, &json!("forbidden")), "{line}");
    }
    let (status, _) =
        api.call("wang", "GET /conversations/00000000-0000-7000-8000-000000000000", None, Value::Null).await;
    assert_eq!(status, 404);
    let (status, problem) = api
        .call("wang", &format!("POST {path}/messages"), None, json!({"kind": "system", "body": "x"}))
        .await;
    assert_eq!((status, &problem["errors"][0]["code"]), (422, &json!("unknown_value")));
    let (status, problem) =
        api.call("wang", &format!("POST {path}/messages"), None, json!({"body": "x", "bodyy": 1})).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_field")));
}

#[tokio::test]
async fn contacts_are_kept_and_an_address_belongs_to_one() {
    let api = Api::new().await;
    let body = json!({"name": "张伟", "email": "Zhang@Example.com", "attributes": {"plan": "pro"}});
    let made = api.ok("wang", "POST /contacts", body).await;
    assert_eq!(made["identities"][0]["kind"], "email");
    let (status, taken) =
        api.call("wang", "POST /contacts", None, json!({"name": "李四", "email": "zhang@example.com"})).await;
    assert_eq!(
        (status, &taken["code"], &taken["params"]["contact_id"]),
        (409, &json!("identity_taken"), &made["id"])
    );
    let path = format!("/contacts/{}", made["id"].as_str().unwrap());
    let version = made["version"].as_i64();
    let (status, changed) =
        api.call("wang", &format!("PATCH {path}"), version, json!({"email": null, "blocked": true})).await;
    assert_eq!((status, &changed["email"], &changed["blocked"]), (200, &Value::Null, &json!(true)));
    assert_eq!(changed["identities"], json!([]));
    let found = api.ok("wang", "GET /contacts?q=张&sort=name", Value::Null).await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let all = api.ok("wang", "GET /contacts?limit=1", Value::Null).await;
    let next = all["next_cursor"].as_str().unwrap();
    let rest = api.ok("wang", &format!("GET /contacts?limit=1&cursor={next}"), Value::Null).await;
    assert_ne!(rest["items"][0]["id"], all["items"][0]["id"]);
    let (status, bad) = api.call("wang", "POST /contacts", None, json!({"email": "nonsense"})).await;
    assert_eq!((status, &bad["errors"][0]["code"]), (422, &json!("email_invalid")));
}

#[tokio::test]
async fn inboxes_are_set_up() {
    let api = Api::new().await;
    let (status, _) = api.call("nobody", "POST /inboxes", None, json!({"kind": "api", "name": "x"})).await;
    assert_eq!(status, 403);
    let made = api.ok("boss", "POST /inboxes", json!({"kind": "web_chat", "name": "官网"})).await;
    let path = format!("/inboxes/{}", made["id"].as_str().unwrap());
    let mut hours = made["hours"].clone();
    hours["mode"] = json!("custom");
    let (status, changed) =
        api.call("boss", &format!("PATCH {path}"), Some(1), json!({"hours": hours})).await;
    assert_eq!((status, &changed["hours"]["week"]["mon"]), (200, &json!([["09:00", "18:00"]])));
    let now = api.ok("boss", &format!("GET {path}/open_now"), Value::Null).await;
    assert_eq!(now, json!({"open": true, "next_change_at": "2026-09-18T10:00:00.000Z"}));
    hours["mode"] = json!("calendar");
    let patch = format!("PATCH {path}");
    let (status, problem) = api.call("boss", &patch, Some(2), json!({"hours": hours})).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("hours.calendar")));
    hours["calendar"] = json!("没有");
    let (_, problem) = api.call("boss", &patch, Some(2), json!({"hours": hours})).await;
    assert_eq!(problem["errors"][0]["code"], "calendar_unknown");
    hours["calendar"] = json!("24x7");
    let (status, changed) = api.call("boss", &patch, Some(2), json!({"hours": hours})).await;
    assert_eq!((status, &changed["hours"]["calendar"]), (200, &json!("24x7")));
    let now = api.ok("boss", &format!("GET {path}/open_now"), Value::Null).await;
    assert_eq!(now, json!({"open": true, "next_change_at": null}));
    let install = api.ok("boss", &format!("GET {path}/install"), Value::Null).await;
    assert!(install["snippet"].as_str().unwrap().contains(made["key"].as_str().unwrap()));
    let first = api.ok("boss", &format!("POST {path}/identity_secret"), Value::Null).await;
    let second = api.ok("boss", &format!("POST {path}/identity_secret"), Value::Null).await;
    assert_ne!(first["secret"], second["secret"]);
    let (status, _) = api.call("boss", &format!("DELETE {path}"), None, Value::Null).await;
    assert_eq!(status, 204);
    api.w.opened("在").await;
    let shop = format!("DELETE /inboxes/{}", api.w.shop);
    let (status, problem) = api.call("boss", &shop, None, Value::Null).await;
    assert_eq!((status, &problem["code"]), (409, &json!("inbox_not_empty")));
}

#[tokio::test]
async fn canned_replies_and_drafts_help_to_answer() {
    let api = Api::new().await;
    let id = api.w.opened("怎么退款").await;
    let body = json!({"shortcut": "tk", "title": "退款流程", "body": "{{contact.name}}您好，会话 {{conversation.no}}，{{agent.name}}"});
    let made = api.ok("wang", "POST /canned_replies", body).await;
    assert_eq!((&made["initials"], &made["scope"]), (&json!("tklc"), &json!("own")));
    let found = api.ok("wang", "GET /canned_replies?q=tklc", Value::Null).await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let others = api.ok("li", "GET /canned_replies", Value::Null).await;
    assert_eq!(others["items"], json!([]), "one's own replies are nobody else's");
    let path = format!("/canned_replies/{}", made["id"].as_str().unwrap());
    let filled = api.ok("wang", &format!("POST {path}/render"), json!({"conversation_id": id})).await;
    assert_eq!(filled["body"], "{{contact.name}}您好，会话 1，王芳");
    assert_eq!(filled["missing"], json!(["contact.name"]));
    let draft = format!("/conversations/{id}/draft");
    api.call("wang", &format!("PUT {draft}"), None, json!({"mode": "note", "body": "想一想"})).await;
    let kept = api.ok("wang", &format!("GET {draft}"), Value::Null).await;
    assert_eq!((&kept["mode"], &kept["body"]), (&json!("note"), &json!("想一想")));
    assert_eq!(api.ok("li", &format!("GET {draft}"), Value::Null).await["body"], "");
    let listed = api.ok("wang", "GET /conversations", Value::Null).await;
    assert_eq!(listed["items"][0]["draft"], true);
    api.call("wang", &format!("DELETE {draft}"), None, Value::Null).await;
    assert_eq!(api.ok("wang", &format!("GET {draft}"), Value::Null).await["updated_at"], Value::Null);
}

#[tokio::test]
async fn files_are_seen_by_those_who_see_the_conversation() {
    let api = Api::new().await;
    let id =
        api.w.hears(api.w.vip, heard_desk::inbound::Destination::New, "附件").await.unwrap().conversation_id;
    let announce = json!({"name": "a.txt", "size": 5, "purpose": "message", "conversation_id": id});
    let (status, _) = api.call("wang", "POST /uploads", None, announce).await;
    assert_eq!(status, 404, "not for who does not see the conversation");
    let attachment = api.uploads("li", &id.to_string(), "a.txt", b"hello".to_vec()).await;
    let path = format!("GET /attachments/{attachment}");
    assert_eq!(api.raw("boss", &path, None, Value::Null).await.0, 404, "not sent yet");
    let sent = json!({"body": "", "attachment_ids": [attachment]});
    let message = api.ok("li", &format!("POST /conversations/{id}/messages"), sent).await;
    assert_eq!(message["attachments"][0]["name"], "a.txt");
    let (status, headers, text) = api.raw("boss", &path, None, Value::Null).await;
    assert_eq!((status, text.as_str()), (200, "hello"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(api.raw("wang", &path, None, Value::Null).await.0, 404);
    let recall = format!("POST /conversations/{id}/messages/{}/recall", message["id"].as_str().unwrap());
    api.ok("li", &recall, Value::Null).await;
    assert_eq!(api.raw("boss", &path, None, Value::Null).await.0, 404, "gone with the message");
}

#[tokio::test]
async fn a_log_is_looked_into_by_those_who_see_the_conversation() {
    let api = Api::new().await;
    let id =
        api.w.hears(api.w.vip, heard_desk::inbound::Destination::New, "日志").await.unwrap().conversation_id;
    let log =
        "2026-02-03 04:05:06 INFO up\n2026-02-03 04:05:07 ERROR order 17 failed\n\tat a.B.c(B.java:1)\n";
    let attachment = api.uploads("li", &id.to_string(), "a.log", log.as_bytes().to_vec()).await;
    let path = format!("GET /attachments/{attachment}/log");
    assert_eq!(api.call("boss", &path, None, Value::Null).await.0, 404, "not sent yet");
    let sent = json!({"body": "", "attachment_ids": [attachment]});
    let message = api.ok("li", &format!("POST /conversations/{id}/messages"), sent).await;
    let page = api.ok("boss", &path, Value::Null).await;
    assert_eq!(page["overview"]["levels"], json!({"error": 1, "warn": 0, "info": 1, "debug": 0, "none": 0}));
    assert_eq!(page["overview"]["patterns"][0]["text"], "ERROR order # failed");
    assert_eq!(page["lines"].as_array().unwrap().len(), 3);
    let pattern = page["overview"]["patterns"][0]["id"].as_str().unwrap();
    let page = api.ok("boss", &format!("{path}?pattern={pattern}&limit=1"), Value::Null).await;
    assert_eq!(
        (&page["lines"][0]["no"], &page["matched"], &page["next_from"]),
        (&json!(2), &json!(1), &json!(3))
    );
    let page = api.ok("boss", &format!("{path}?level=error&q=ORDER&from=3"), Value::Null).await;
    assert_eq!((&page["lines"][0]["no"], &page["overview"]), (&json!(3), &Value::Null));
    let (status, refused) = api.call("boss", &format!("{path}?level=bad"), None, Value::Null).await;
    assert_eq!((status, &refused["code"]), (422, &json!("validation_failed")));
    for (who, status) in [("wang", 404), ("nobody", 403), ("Visitor token", 401)] {
        assert_eq!(api.call(who, &path, None, Value::Null).await.0, status, "{who}");
    }
    let recall = format!("POST /conversations/{id}/messages/{}/recall", message["id"].as_str().unwrap());
    api.ok("li", &recall, Value::Null).await;
    assert_eq!(api.call("boss", &path, None, Value::Null).await.0, 404, "gone with the message");
}

#[tokio::test]
async fn what_is_no_log_says_so() {
    let api = Api::new().await;
    let id = api.w.opened("日志").await;
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    for (bytes, status, code) in [
        (vec![0, 1, 2, 3], 415, "log_not_text"),
        (vec![0xFF; 100], 415, "log_encoding_unreadable"),
        (large, 413, "log_too_large"),
    ] {
        let attachment = api.uploads("wang", &id.to_string(), "a.log", bytes).await;
        let (found, refused) =
            api.call("wang", &format!("GET /attachments/{attachment}/log"), None, Value::Null).await;
        assert_eq!((found, &refused["code"]), (status, &json!(code)));
        assert!(!refused["detail"].as_str().unwrap().contains('{'), "{refused}");
    }
}
