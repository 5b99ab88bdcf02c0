//! Whatever a browser or a program sends: a code that can be translated, and nothing lost or leaked.

use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::World;

async fn bodies_that_are_none(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let open = "POST /widget/conversations";
    for (name, body) in [
        ("nothing", ""),
        ("cut off", r#"{"client_key": "a", "message": {"body": "#),
        ("an array", "[]"),
        ("a wrong type", r#"{"client_key": 7, "message": {"body": "你好"}}"#),
        ("an unknown field", r#"{"client_key": "a", "message": {"body": "你好"}, "admin": true}"#),
        ("half a character", r#"{"client_key": "a", "message": {"body": "\ud83d"}}"#),
        ("deep nesting", &format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))),
    ] {
        let got = world.send(&visitor, open, "application/json", body.to_owned()).await;
        assert!((400..=422).contains(&got.status), "{name}: {} {}", got.status, got.json);
        assert!(got.json["code"].is_string(), "{name}: {}", got.json);
    }
    let got = world.send(&visitor, open, "application/json", vec![b'{', 0xff, 0xfe, b'}']).await;
    assert!((400..=422).contains(&got.status), "{}", got.json);
    let got = world.send(&visitor, open, "text/plain", "你好".to_owned()).await;
    assert_eq!(got.status, 415, "{}", got.json);
    let list = world.call(&visitor, "GET /widget/conversations", Value::Null).await.expect(200);
    assert_eq!(list["items"], json!([]), "nothing came of it");
}

async fn messages_that_are_too_much(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let open = "POST /widget/conversations";
    let long = json!({"client_key": "a", "message": {"body": "长".repeat(200_000)}});
    let got = world.call(&visitor, open, long).await;
    assert!([413, 422].contains(&got.status), "{} {}", got.status, got.json["code"]);
    let huge = json!({"client_key": "b", "message": {"body": "x".repeat(10 * 1024 * 1024)}});
    let got = world.call(&visitor, open, huge).await;
    assert!([413, 422].contains(&got.status), "{} {}", got.status, got.json["code"]);
    assert!(got.json["code"].is_string());
}

async fn words_that_play_tricks(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let nul = json!({"client_key": "nul", "message": {"body": "前\u{0}后"}});
    let got = world.call(&visitor, "POST /widget/conversations", nul).await;
    got.refused(400, "invalid_character");
    let id = world.opened(&visitor, "<script>alert(1)</script>\u{202e}gpj.exe").await;
    let path = format!("GET /widget/conversations/{id}/messages");
    let page = world.call(&visitor, &path, Value::Null).await.expect(200);
    let items = page["items"].as_array().unwrap();
    let body =
        items.iter().rev().find(|item| item["author"]["mine"] == true).unwrap()["body"].as_str().unwrap();
    assert!(
        body.contains("<script>"),
        "words are kept as they were said; who shows them makes them harmless"
    );
    assert!(!body.contains('\u{0}'));
}

async fn files_that_are_not_what_they_say(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    let page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let new = json!({"name": "../../猫\u{202e}gnp.svg", "size": page.len()});
    let upload = world.call(&visitor, "POST /widget/uploads", new).await.expect(201);
    let line = format!("PATCH /widget/uploads/{}", upload["id"].as_str().unwrap());
    let headers = [("content-type", "application/octet-stream"), ("upload-offset", "0")];
    let done = world.send_with(&visitor, &line, &headers, page.to_vec()).await.expect(200);
    let attachment = &done["attachment"];
    let name = attachment["name"].as_str().unwrap();
    assert!(!name.contains(['/', '\\', '\u{202e}']) && name.ends_with("gnp.svg"), "{name:?}");
    assert_eq!(
        (attachment["inline"].as_bool(), attachment["has_thumbnail"].as_bool()),
        (Some(false), Some(false))
    );
    let id = world.opened(&visitor, "请看附件").await;
    let said = json!({"client_key": "file", "body": "", "attachment_ids": [attachment["id"]]});
    let path = format!("/widget/conversations/{id}/messages");
    let said = world.call(&visitor, &format!("POST {path}"), said).await.expect(201);
    let url = said["attachments"][0]["url"].as_str().unwrap();
    let line = format!("GET {}", url.trim_start_matches("/api/v1"));
    let got = world.call(&visitor, &line, Value::Null).await;
    let header = |name: &str| got.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!((got.status, header("content-type")), (200, "application/octet-stream"));
    assert!(header("content-disposition").starts_with("attachment;"), "it is saved, not shown");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
}

async fn packed_bodies_are_not_unpacked(db: TestDb) {
    let world = World::new(db).await;
    let visitor = world.visitor().await;
    // Bytes that begin as gzip: what is in them does not matter, because nobody looks inside.
    let bomb = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0; 4_096]].concat();
    for encoding in ["gzip", "br", "deflate", "zstd"] {
        let headers = [("content-type", "application/json"), ("content-encoding", encoding)];
        let got = world.send_with(&visitor, "POST /widget/conversations", &headers, bomb.clone()).await;
        assert!(
            (400..=415).contains(&got.status) && got.json["code"].is_string(),
            "{encoding}: {}",
            got.json
        );
    }
}

on_both_engines!(
    bodies_that_are_none,
    messages_that_are_too_much,
    words_that_play_tricks,
    files_that_are_not_what_they_say,
    packed_bodies_are_not_unpacked,
);
