//! Cases are found by number, by Chinese words, by their customer, and only by who sees them.

use heard_cases::{Documents, register_search};
use heard_desk::search;
use heard_search::{Index, Source as _};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

/// Takes into the index what happened so far, as the process does.
async fn take_in(w: &World, index: &Index) {
    let end = w.ctx.log_end().await.unwrap();
    let events = w.ctx.next_events(index.position(), 10_000).await.unwrap();
    let changes = Documents.changes(&w.ctx, &events).await.unwrap();
    index.apply(changes).unwrap();
    index.commit(end).unwrap();
}

async fn found(w: &World, who: &str, words: &str) -> Vec<String> {
    let query: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let answer = w.ok(who, &format!("GET /search?kinds=case&q={query}"), Value::Null).await;
    let mut titles: Vec<String> = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .inspect(|hit| assert_eq!(hit["kind"], "case"))
        .map(|hit| hit["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

async fn cases_are_found_by_what_people_know_of_them(db: TestDb) {
    let w = world(db).await;
    let index = search::open(&w.ctx).unwrap();
    register_search(&w.ctx);
    let body = json!({
        "classification": {"type_key": "complaint"},
        "fields": {
            "title": "直播课程频繁闪退", "facts": "打开第三章就退出，重装无效", "contact_id": w.contact,
            "complainant": {"name": "欧阳若兰", "contact": "13900001234"},
        },
    });
    let path = w.opened(body).await;
    w.complaint("退款没有到账").await;
    take_in(&w, &index).await;
    let crash = "T-10001 直播课程频繁闪退".to_owned();
    for words in ["T-10001", "10001", "频繁闪退", "直播 课程", "重装", "欧阳若兰", "13900001234"]
    {
        assert_eq!(found(&w, "chen", words).await, std::slice::from_ref(&crash), "{words}");
    }
    assert_eq!(found(&w, "chen", "退款").await, ["T-10002 退款没有到账"]);
    assert!(found(&w, "chen", "发票").await.is_empty());
    assert_eq!(found(&w, "wang", "闪退").await.len(), 2, "the facts of the other one tell of it too");
    for stranger in ["li", "zhao", "nobody"] {
        assert!(found(&w, stranger, "直播").await.is_empty(), "{stranger} does not see it");
    }
    // What changes is found by its new words, and no longer by the old ones.
    let version = w.case(&path).await["version"].as_i64();
    let body = json!({"title": "音频断断续续"});
    assert_eq!(w.call("wang", &format!("PATCH {path}"), version, body).await.0, 200);
    w.ok("chen", &format!("POST {path}/assign"), json!({"team_id": w.products})).await;
    take_in(&w, &index).await;
    assert!(found(&w, "chen", "直播").await.is_empty());
    assert_eq!(found(&w, "li", "断断续续").await, ["T-10001 音频断断续续"], "whose team has it now");
}

on_both_engines!(cases_are_found_by_what_people_know_of_them);
