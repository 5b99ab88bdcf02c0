//! Dossiers: whole, checkable, and with nothing in them that whoever takes them out may not have.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use axum::{body::Body, http::Request};
use heard_desk::inbound::Destination;
use heard_kernel::Actor;
use heard_store::params;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::world::{World, world};

type Files = BTreeMap<String, Vec<u8>>;

async fn answer(w: &World, who: &str, path: &str, lang: &str) -> axum::response::Response {
    let request = Request::get(format!("/api/v1{path}"))
        .header("authorization", who)
        .header("accept-language", lang)
        .body(Body::empty());
    w.app.clone().oneshot(request.unwrap()).await.unwrap()
}

/// Takes out a dossier and unpacks it.
async fn unpacked(w: &World, who: &str, path: &str, lang: &str) -> Files {
    let answer = answer(w, who, path, lang).await;
    let (parts, body) = answer.into_parts();
    assert_eq!(parts.status, 200);
    assert_eq!(parts.headers["content-type"], "application/zip");
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    assert_eq!(parts.headers["content-length"], bytes.len().to_string());
    assert_eq!(parts.headers["etag"], format!("\"{}\"", sum(&bytes)));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(file.enclosed_name().is_some(), "{name} leads elsewhere");
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert!(files.insert(name.clone(), content).is_none(), "{name} is there twice");
    }
    files
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json_of(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn text<'f>(files: &'f Files, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).unwrap()
}

/// Checks every file against both lists.
fn check(files: &Files) {
    let mut listed: Vec<&str> = Vec::new();
    for line in text(files, "SHA256SUMS").lines() {
        let (expected, name) = line.split_once("  ").unwrap();
        assert_eq!(sum(&files[name]), expected, "{name}");
        listed.push(name);
    }
    listed.push("SHA256SUMS");
    listed.sort_unstable();
    assert_eq!(listed, files.keys().map(String::as_str).collect::<Vec<_>>());
    let manifest = json_of(files, "manifest.json");
    for file in manifest["files"].as_array().unwrap() {
        let content = &files[file["path"].as_str().unwrap()];
        assert_eq!(file["sha256"], sum(content));
        assert_eq!(file["size"], content.len());
        assert!(file["origin"]["from"].is_string() && file["role"].is_string(), "{file}");
    }
    assert_eq!(manifest["files"].as_array().unwrap().len() + 2, files.len());
}

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

async fn piece(w: &World, path: &str, name: &str, bytes: &[u8]) -> Value {
    // Evidence of one instant has no order of its own.
    w.db.clock.advance(std::time::Duration::from_secs(60));
    let file = w.upload("wang", name, bytes).await;
    let body = json!({"attachment_id": file, "note": "当时的画面", "given_by": "customer"});
    let case = w.ok("wang", &format!("POST {path}/evidence"), body).await;
    case["evidence"].as_array().unwrap().last().unwrap().clone()
}

fn blob(w: &World, sha256: &Value) -> PathBuf {
    let sha256 = sha256.as_str().unwrap();
    let data: &Path = &w.ctx.config().storage.data;
    data.join("files").join(&sha256[..2]).join(&sha256[2..4]).join(sha256)
}

async fn run(w: &World, sql: &'static str, text: &'static str, id: String) {
    let id: uuid::Uuid = id.parse().unwrap();
    w.ctx
        .tx(&Actor::system(), async move |tx| tx.execute(sql, &params![text, id]).await.map(drop))
        .await
        .unwrap();
}

async fn every_file_can_be_checked(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程<b>闪退</b>").await;
    let kept = piece(&w, &path, "截图 一.txt", b"it crashed").await;
    let hostile = piece(&w, &path, "x.txt", b"evil").await;
    let sql = "UPDATE case_evidence SET name = $1 WHERE id = $2";
    run(&w, sql, "../../../etc/cron.d/\u{202E}x<script>.txt", hostile["id"].as_str().unwrap().to_owned())
        .await;
    let removed = piece(&w, &path, "传错了.txt", b"wrong file").await;
    let line = format!("POST {path}/evidence/{}/remove", removed["id"].as_str().unwrap());
    w.ok("wang", &line, json!({"reason": "传错了"})).await;
    let gone = piece(&w, &path, "丢失.txt", b"will be lost").await;
    std::fs::remove_file(blob(&w, &gone["sha256"])).unwrap();
    let altered = piece(&w, &path, "被改.txt", b"as it came").await;
    std::fs::write(blob(&w, &altered["sha256"]), b"as it is now").unwrap();
    let conversation = w.writes(Destination::New, "打不开 <课程>").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    w.settle().await;

    let files = unpacked(&w, "chen", &format!("{path}/dossier"), "zh-CN").await;
    check(&files);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let no = json_of(&files, "case.json")["case"]["conversations"][0]["no"].to_string();
    let (html, txt) = (format!("conversations/{no}.html"), format!("conversations/{no}.txt"));
    let evidence =
        ["evidence/01-截图 一.txt", "evidence/02-_.._.._etc_cron.d__x_script_.txt", "evidence/05-被改.txt"];
    let mut expected =
        vec!["README.txt", "SHA256SUMS", "case.json", "index.html", "manifest.json", "timeline.jsonl"];
    expected.extend([html.as_str(), txt.as_str()]);
    expected.extend(evidence);
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(files[evidence[0]], b"it crashed");

    let manifest = json_of(&files, "manifest.json");
    let left: Vec<(&str, &str)> = manifest["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left| (left["name"].as_str().unwrap(), left["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(left, [("传错了.txt", "removed"), ("丢失.txt", "missing")]);
    let entry = |path: &str| {
        let all = manifest["files"].as_array().unwrap();
        all.iter().find(|file| file["path"] == path).unwrap()["origin"].clone()
    };
    assert_eq!((&entry(evidence[0])["intact"], &entry(evidence[2])["intact"]), (&json!(true), &json!(false)));
    assert_eq!(entry(evidence[0])["recorded_sha256"], kept["sha256"]);

    let page = text(&files, "index.html");
    for said in [
        "课程&lt;b&gt;闪退&lt;/b&gt;",
        "点开课程就闪退",
        "为什么是这个期限",
        "王芳",
        "与登记的 SHA-256 不一致",
        "传错了",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let sums = text(&files, "SHA256SUMS");
    let listed = sums.lines().filter(|line| line.ends_with(evidence[0])).map(|line| &line[..64]);
    assert!(listed.into_iter().all(|sum| page.matches(sum).count() == 2), "beside the piece and in the list");
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
    assert!(text(&files, &txt).contains("打不开 <课程>"));
    let case = json_of(&files, "case.json");
    assert_eq!(
        (&case["schema"], &case["case"]["id"]),
        (&json!("heard.dossier/1"), &Value::String(id(&path)))
    );
    assert!(!case["clocks"][0]["words"].as_array().unwrap().is_empty());
    let kinds: Vec<String> = text(&files, "timeline.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds[0], "case.opened", "the first comes first");
    let told = w.ctx.events_after(0, 10_000).await.unwrap();
    let taken = told.iter().find(|event| event.kind == "case.dossier_taken").unwrap();
    assert_eq!((&taken.data["format"], &taken.data["notes"]), (&json!("zip"), &json!(false)));
}

async fn who_may_not_does_not_get_it(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let conversation = w.writes(Destination::New, "在吗").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let line = format!("POST /conversations/{conversation}/messages");
    w.ok("wang", &line, json!({"kind": "note", "body": "内部：已升级过一次"})).await;
    let said = w.ok("wang", &line, json!({"body": "发错的话"})).await;
    let recall = format!("{line}/{}/recall", said["id"].as_str().unwrap());
    w.ok("wang", &recall, Value::Null).await;
    let dossier = format!("{path}/dossier");
    assert_eq!(answer(&w, "nobody", &dossier, "en").await.status(), 403);
    assert_eq!(answer(&w, "zhao", &dossier, "en").await.status(), 404);

    let plain = unpacked(&w, "chen", &dossier, "en").await;
    let noted = unpacked(&w, "chen", &format!("{dossier}?notes=true"), "en").await;
    let all = |files: &Files| {
        let texts = files.values().map(|content| String::from_utf8_lossy(content).into_owned());
        texts.collect::<Vec<_>>().join("\n")
    };
    assert!(!all(&plain).contains("已升级过一次") && all(&noted).contains("已升级过一次"));
    assert!(!all(&noted).contains("发错的话"), "what was taken back stays so");
    assert!(text(&plain, "index.html").contains("no internal notes"));
    assert!(text(&noted, "index.html").contains("for internal use only"));
    assert_eq!(json_of(&noted, "manifest.json")["notes"], true);

    let without = unpacked(&w, "clerk", &format!("{dossier}?notes=true"), "en").await;
    check(&without);
    assert!(!without.keys().any(|name| name.starts_with("conversations/")));
    assert_eq!(json_of(&without, "manifest.json")["left_out"][0]["reason"], "not_allowed");
    assert_eq!(json_of(&without, "case.json")["notes"], false);
}

async fn the_page_has_all_its_words(db: TestDb) {
    let w = world(db).await;
    let (path, other) = (w.complaint("课程闪退").await, w.complaint("又闪退").await);
    for one in [&path, &other] {
        w.ok("wang", &format!("POST {one}/classification"), json!({"category_key": "crash"})).await;
    }
    w.ok("wang", &format!("POST {path}/links"), json!({"other_id": id(&other), "kind": "duplicate"})).await;
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "customer", "note": "等截图"})).await;
    w.ok("wang", &format!("POST {path}/resume"), Value::Null).await;
    w.ok("wang", &format!("POST {path}/tasks"), json!({"title": "复现一次"})).await;
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "record"})).await;
    let back = json!({"stage_key": "record", "reason": "补记设备型号"});
    w.ok("wang", &format!("POST {path}/return_to_stage"), back).await;
    w.settle().await;
    let groups = [
        "f", "t", "part", "sum", "head", "log", "link", "clock", "cstate", "ev", "left", "conv", "files",
        "notices", "deed", "said", "fact", "term", "termtext", "sign", "calname", "wait", "waitend",
        "ending", "state", "source", "priority", "giver", "task", "span",
    ];
    for lang in ["zh-CN", "en"] {
        let files = unpacked(&w, "chen", &format!("{path}/dossier"), lang).await;
        let page = text(&files, "index.html");
        let words = page.split(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '.'));
        let bare: Vec<&str> = words
            .filter(|word| word.split_once('.').is_some_and(|(group, _)| groups.contains(&group)))
            .filter(|word| !word.ends_with('.'))
            .collect();
        assert!(bare.is_empty(), "{lang}: {bare:?}");
        assert!(page.contains("补记设备型号"), "{lang}: a stage that was left stands there with the reason");
        let other_language = if lang == "en" { "目录" } else { "Contents" };
        assert!(!page.contains(other_language) && page.contains("又闪退"), "{lang}");
    }
    let json = answer(&w, "chen", &format!("{path}/dossier?format=json"), "en").await;
    let bytes = axum::body::to_bytes(json.into_body(), usize::MAX).await.unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["related"]["links"][0]["case"]["title"], "又闪退");
    let html = answer(&w, "chen", &format!("{path}/dossier?format=html"), "zh-CN").await;
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    let bytes = axum::body::to_bytes(html.into_body(), usize::MAX).await.unwrap();
    let html = String::from_utf8(bytes.to_vec()).unwrap();
    for said in ["<h2>1. 概况</h2>", "Asia/Shanghai 时区（UTC+08:00）", "术语说明", "又闪退", "不含文件"]
    {
        assert!(html.contains(said), "{said}");
    }
    assert!(!html.contains("href=\"evidence/") && !html.contains("sha256sum"));
}

/// The highest use of memory since it was last reset, in bytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kb| kb * 1024)
}

async fn memory_does_not_grow_with_evidence(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("录屏").await;
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.resize(50 << 20, 7);
    let (size, expected) = (film.len() as u64, sum(&film));
    let piece = piece(&w, &path, "录屏.mp4", &film).await;
    assert_eq!((&piece["sha256"], &piece["kind"]), (&json!(expected), &json!("video/mp4")));
    drop(film);
    // Elsewhere other tests share the process, and its memory says nothing.
    let alone = std::env::var_os("NEXTEST").is_some() && std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = peak();
    let answer = answer(&w, "chen", &format!("{path}/dossier"), "zh-CN").await;
    let mut body = answer.into_body().into_data_stream();
    let mut length = 0;
    while let Some(chunk) = futures_util::StreamExt::next(&mut body).await {
        length += chunk.unwrap().len() as u64;
    }
    assert!(length > size);
    if let (true, Some(before), Some(after)) = (alone, before, peak()) {
        let grown = after.saturating_sub(before);
        assert!(grown < size / 2, "memory grew by {grown} bytes");
    }
}

async fn no_secret_of_a_progress_page_is_in_it(db: TestDb) {
    let w = crate::notices::ready(db).await;
    let conversation = w.writes(Destination::New, "课程闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let kind = json!({"category_key": "crash", "severity_key": "severe"});
    w.ok("wang", &format!("POST {path}/classification"), kind).await;
    let notice = json!({
        "template": "ack", "channel": "conversation", "conversation_id": conversation,
        "parts": {"concern": "您好", "help": "还需要其他帮助吗？", "process": "见 {{progress.url}}"},
    });
    let sent = w.ok("wang", &format!("POST {path}/notices"), notice).await.to_string();
    let from = sent.find("/progress/").unwrap() + "/progress/".len();
    let secret = &sent[from..from + 48];
    assert!(secret.bytes().all(|byte| byte.is_ascii_hexdigit()), "{sent}");
    let files = unpacked(&w, "chen", &format!("{path}/dossier"), "zh-CN").await;
    check(&files);
    for (name, content) in &files {
        assert!(!String::from_utf8_lossy(content).contains(secret), "{name} has the secret");
    }
    for name in ["case.json", "index.html", "conversations/1.html", "conversations/1.txt"] {
        assert!(text(&files, name).contains("/progress/[密钥已隐去]"), "{name}");
    }
    assert!(text(&files, "index.html").contains("进度页地址中的密钥已隐去"));
    for format in ["json", "html"] {
        let answer = answer(&w, "chen", &format!("{path}/dossier?format={format}"), "en").await;
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.contains("/progress/[secret blanked]") && !text.contains(secret), "{format}");
    }
}

on_both_engines!(
    no_secret_of_a_progress_page_is_in_it,
    every_file_can_be_checked,
    who_may_not_does_not_get_it,
    the_page_has_all_its_words,
    memory_does_not_grow_with_evidence
);
