//! Lists: filters, orders, pages.

use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

async fn numbers(w: &World, who: &str, query: &str) -> Vec<String> {
    let list = w.ok(who, &format!("GET /cases?{query}"), Value::Null).await;
    list["items"].as_array().unwrap().iter().map(|case| case["number"].as_str().unwrap().to_owned()).collect()
}

async fn filled(db: TestDb) -> World {
    let w = world(db).await;
    for (index, (kind, category, severity)) in [
        ("complaint", "crash", "severe"),
        ("complaint", "account", "general"),
        ("question", "product", "general"),
        ("complaint", "crash", "general"),
    ]
    .into_iter()
    .enumerate()
    {
        w.at(&format!("09-20 1{index}:00")).await;
        let body = json!({
            "classification": {"type_key": kind, "category_key": category, "severity_key": severity,
                "urgency_key": if index == 1 { "urgent" } else { "usual" }},
            "fields": {"title": format!("第{index}件 100%"), "contact_id": w.contact}, "take": index == 0,
        });
        w.opened(body).await;
    }
    w
}

async fn lists_are_narrowed_and_sorted(db: TestDb) {
    let w = filled(db).await;
    assert_eq!(numbers(&w, "chen", "sort=newest").await, ["T-10004", "T-10003", "T-10002", "T-10001"]);
    assert_eq!(numbers(&w, "chen", "sort=priority").await[0], "T-10001");
    assert_eq!(numbers(&w, "chen", "category=product&sort=newest").await, ["T-10004", "T-10003", "T-10001"]);
    assert_eq!(numbers(&w, "chen", "class=routing/account").await, ["T-10002"]);
    let three = "type_key=complaint&category=product&severity=general";
    assert_eq!(numbers(&w, "chen", three).await, ["T-10004"]);
    assert_eq!(numbers(&w, "chen", "class=routing/account&urgency=urgent").await, ["T-10002"]);
    assert_eq!(numbers(&w, "chen", "class=routing/account&urgency=usual").await.len(), 0);
    assert_eq!(numbers(&w, "chen", "priority=high").await, ["T-10001"]);
    assert_eq!(numbers(&w, "chen", "q=T-10002").await, ["T-10002"]);
    assert_eq!(numbers(&w, "chen", "q=100%25").await.len(), 4);
    assert_eq!(numbers(&w, "chen", "q=1000%25").await.len(), 0);
    assert_eq!(numbers(&w, "chen", "from=2026-09-20T04:00:00Z&sort=newest").await, ["T-10004", "T-10003"]);
    assert_eq!(numbers(&w, "wang", "view=mine").await, ["T-10001"]);
    assert_eq!(
        numbers(&w, "chen", "view=overdue").await,
        ["T-10001", "T-10002"],
        "what is due first comes first"
    );
    assert_eq!(numbers(&w, "chen", "view=archived").await.len(), 0);
    let many = "type_key=a&severity=b&priority=high&state=open&stage=record&clock=soon&source=phone";
    let (status, code) = w.refused("chen", &format!("GET /cases?{many}"), Value::Null).await;
    assert_eq!((status, code.as_str()), (422, "too_many_filters"));
}

async fn pages_follow_each_other_without_gaps(db: TestDb) {
    let w = filled(db).await;
    for (who, sort) in
        [("chen", "due"), ("chen", "newest"), ("chen", "priority"), ("wang", "newest"), ("li", "due")]
    {
        let whole = numbers(&w, who, &format!("sort={sort}")).await;
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let query = format!("GET /cases?sort={sort}&limit=1{cursor}");
            let page = w.ok(who, &query, Value::Null).await;
            found.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|case| case["number"].as_str().unwrap().to_owned()),
            );
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, whole, "{who} by {sort}");
    }
    assert_eq!(
        numbers(&w, "li", "sort=newest").await,
        ["T-10004", "T-10003"],
        "of the department: the first one is with who took it"
    );
}

async fn the_archive_is_narrowed_by_when_it_was_archived(db: TestDb) {
    let w = world(db).await;
    for day in ["09-20 10:00", "09-22 10:00"] {
        w.at(day).await;
        let path = w.complaint("一件").await;
        let body = json!({"outcome": "withdrawn", "reason": "撤回"});
        w.ok("wang", &format!("POST {path}/archive"), body).await;
    }
    let between = |query: &str| format!("view=archived&{query}");
    let later = between("archived_from=2026-09-21T00:00:00Z");
    assert_eq!(numbers(&w, "chen", &later).await, ["T-10002"]);
    let before = between("archived_to=2026-09-21T00:00:00Z");
    assert_eq!(numbers(&w, "chen", &before).await, ["T-10001"]);
}

on_both_engines!(
    the_archive_is_narrowed_by_when_it_was_archived,
    lists_are_narrowed_and_sorted,
    pages_follow_each_other_without_gaps
);
