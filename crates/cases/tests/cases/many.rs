//! Timeline, saved views, changes of many, counts.

use heard_desk::inbound::Destination;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::world;

async fn the_timeline_tells_of_case_clocks_and_conversations(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    let whole = w.ok("wang", &format!("GET {path}/timeline?limit=100"), Value::Null).await;
    let items = whole["items"].as_array().unwrap();
    let kinds: Vec<&str> = items.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.first(), Some(&"case.assigned"), "the latest first: {kinds:?}");
    for kind in [
        "case.opened",
        "case.stage_begun",
        "clock.started",
        "conversation.opened",
        "case.conversation_linked",
    ] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    assert!(!kinds.contains(&"message.posted"));
    assert_eq!(items[0]["actor"]["name"], "王芳");
    let (mut found, mut cursor) = (0, String::new());
    loop {
        let page = w.ok("wang", &format!("GET {path}/timeline?limit=2{cursor}"), Value::Null).await;
        found += page["items"].as_array().unwrap().len();
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, items.len());
    assert_eq!(w.call("li", &format!("GET {path}/timeline"), None, Value::Null).await.0, 404);
}

async fn views_are_saved_for_oneself_and_for_all(db: TestDb) {
    let w = world(db).await;
    let view = |name: &str, shared: bool| {
        json!({"name": name, "shared": shared, "columns": ["number", "title", "custom.order"],
               "filters": {"view": "all", "severity": "severe", "sort": "priority"}})
    };
    let mine = w.ok("wang", "POST /case_views", view("严重", false)).await;
    assert_eq!((&mine["filters"]["severity"], &mine["version"]), (&json!("severe"), &json!(1)));
    let (status, _) = w.refused("wang", "POST /case_views", view("全组", true)).await;
    assert_eq!(status, 403, "shared ones need the right to assign");
    let shared = w.ok("chen", "POST /case_views", view("全组", true)).await;
    let seen = |list: &Value| list["items"].as_array().unwrap().len();
    assert_eq!(seen(&w.ok("wang", "GET /case_views", Value::Null).await), 2);
    assert_eq!(seen(&w.ok("li", "GET /case_views", Value::Null).await), 1);
    let line = format!("PUT /case_views/{}", mine["id"].as_str().unwrap());
    let (status, changed) = w.call("wang", &line, Some(1), view("很严重", false)).await;
    assert_eq!((status, &changed["name"]), (200, &json!("很严重")));
    assert_eq!(w.call("wang", &line, Some(1), view("旧", false)).await.0, 409);
    assert_eq!(w.call("li", &line, Some(2), view("别人的", false)).await.0, 404);
    let gone = format!("DELETE /case_views/{}", shared["id"].as_str().unwrap());
    assert_eq!(w.call("wang", &gone, None, Value::Null).await.0, 403);
    w.ok("chen", &gone, Value::Null).await;
    assert_eq!(seen(&w.ok("wang", "GET /case_views", Value::Null).await), 1);
}

async fn many_are_changed_each_by_itself_and_put_back(db: TestDb) {
    let w = world(db).await;
    let (one, two) = (w.complaint("一").await, w.complaint("二").await);
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    w.ok("wang", &format!("POST {two}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
    let body = json!({"ids": [id(&one), id(&two)], "action": {"do": "assign", "owner_id": w.li, "team_id": w.products}});
    let (status, _) = w.refused("wang", "POST /case_bulk", body.clone()).await;
    assert_eq!(status, 403);
    let done = w.ok("chen", "POST /case_bulk", body).await;
    let of = |done: &Value, path: &str| {
        done["items"].as_array().unwrap().iter().find(|item| item["id"] == json!(id(path))).unwrap().clone()
    };
    assert_eq!(of(&done, &one)["done"], true);
    assert_eq!(of(&done, &two)["code"], "case_archived", "one that cannot be changed holds up no other");
    assert!(of(&done, &two)["message"].as_str().unwrap().contains("归档"), "{done}");
    assert_eq!(w.case(&one).await["owner"]["name"], "李娜");
    let undo = format!("POST /case_bulk/{}/undo", done["undo_id"].as_str().unwrap());
    w.ok("chen", &undo, Value::Null).await;
    let case = w.case(&one).await;
    assert_eq!((&case["owner"], &case["team"]["name"]), (&Value::Null, &json!("客服组")));
    let (status, code) = w.refused("chen", &undo, Value::Null).await;
    assert_eq!((status, code.as_str()), (409, "undo_gone"));
    let body = json!({"ids": [id(&one)], "action": {"do": "severity", "severity_key": "severe"}});
    let done = w.ok("chen", "POST /case_bulk", body).await;
    w.ok("wang", &format!("POST {one}/classification"), json!({"severity_key": "general"})).await;
    let undo = format!("POST /case_bulk/{}/undo", done["undo_id"].as_str().unwrap());
    let undone = w.ok("chen", &undo, Value::Null).await;
    assert_eq!(of(&undone, &one)["code"], "changed_since");
    let before = w.case(&one).await["urgency"].clone();
    let body = json!({"ids": [id(&one)], "action": {"do": "urgency", "urgency_key": "urgent"}});
    let done = w.ok("chen", "POST /case_bulk", body).await;
    assert_eq!(w.case(&one).await["urgency"]["key"], "urgent");
    w.ok("chen", &format!("POST /case_bulk/{}/undo", done["undo_id"].as_str().unwrap()), Value::Null).await;
    assert_eq!(w.case(&one).await["urgency"], before);
    let wrong = json!({"ids": [id(&one)], "action": {"do": "category", "category_key": "x"}});
    assert_eq!(of(&w.ok("chen", "POST /case_bulk", wrong).await, &one)["code"], "plan_key_unknown");
}

async fn of_many_it_is_told_which_were_so_already(db: TestDb) {
    let w = world(db).await;
    let (one, two, three) = (w.complaint("一").await, w.complaint("二").await, w.complaint("三").await);
    w.ok(
        "wang",
        &format!("POST {one}/classification"),
        json!({"severity_key": "severe", "urgency_key": "urgent", "category_key": "crash"}),
    )
    .await;
    w.ok("wang", &format!("POST {three}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
    let ids: Vec<&str> =
        [&one, &two, &three].iter().map(|path| path.rsplit('/').next().unwrap_or_default()).collect();
    let told = async |action: Value| {
        let done = w.ok("chen", "POST /case_bulk", json!({"ids": ids, "action": action})).await;
        let items = done["items"].as_array().unwrap();
        let told: Vec<_> = ids
            .iter()
            .map(|id| items.iter().find(|item| item["id"] == **id).unwrap())
            .map(|item| (item["done"].as_bool().unwrap(), item["changed"].as_bool().unwrap()))
            .collect();
        (told, !done["undo_id"].is_null())
    };
    let (kept, changed, refused) = ((true, false), (true, true), (false, false));
    for action in [
        json!({"do": "severity", "severity_key": "severe"}),
        json!({"do": "urgency", "urgency_key": "urgent"}),
        json!({"do": "category", "category_key": "crash"}),
    ] {
        assert_eq!(told(action.clone()).await, (vec![kept, changed, refused], true), "{action}");
        assert_eq!(told(action.clone()).await, (vec![kept, kept, refused], false), "{action} again");
    }
    let action = json!({"do": "assign", "owner_id": w.li});
    assert_eq!(told(action.clone()).await, (vec![changed, changed, refused], true));
    assert_eq!(told(action).await, (vec![kept, kept, refused], false));
    let archive = json!({"do": "archive", "outcome": "withdrawn", "reason": "清理"});
    assert_eq!(told(archive).await, (vec![changed, changed, refused], false));
}

async fn archived_cases_are_counted_by_what_they_have_in_common(db: TestDb) {
    let w = world(db).await;
    for (day, category, score) in
        [("09-20 10:00", "crash", 5), ("09-30 16:30", "crash", 2), ("10-09 10:00", "account", 4)]
    {
        w.at(day).await;
        let path = w.complaint("一件").await;
        w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": category})).await;
        let version = w.case(&path).await["version"].as_i64();
        w.call("wang", &format!("PATCH {path}"), version, json!({"satisfaction": score})).await;
        w.ok("wang", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"}))
            .await;
    }
    w.complaint("还在处理").await;
    let months = w.ok("chen", "GET /case_report?group=month", Value::Null).await;
    let rows = months["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &months["total"]), (2, &json!(3)));
    assert_eq!(
        (&rows[0]["key"], &rows[0]["count"], &rows[0]["satisfaction"]),
        (&json!("2026-09"), &json!(2), &json!(3.5))
    );
    let both = w.ok("chen", "GET /case_report?group=category&by=outcome", Value::Null).await;
    let crash = both["rows"].as_array().unwrap().iter().find(|row| row["key"] == "crash").unwrap();
    assert_eq!(
        (&crash["name"], &crash["by_key"], &crash["count"]),
        (&json!("崩溃"), &json!("withdrawn"), &json!(2))
    );
    let open = w.ok("chen", "GET /case_report?group=team&view=all", Value::Null).await;
    assert_eq!((&open["rows"][0]["name"], &open["total"]), (&json!("客服组"), &json!(1)));
    let narrowed = w.ok("chen", "GET /case_report?group=month&category=product", Value::Null).await;
    assert_eq!(narrowed["total"], 2);
    assert_eq!(w.ok("zhao", "GET /case_report?group=month", Value::Null).await["total"], 0);
}

on_both_engines!(
    the_timeline_tells_of_case_clocks_and_conversations,
    views_are_saved_for_oneself_and_for_all,
    many_are_changed_each_by_itself_and_put_back,
    of_many_it_is_told_which_were_so_already,
    archived_cases_are_counted_by_what_they_have_in_common,
);
