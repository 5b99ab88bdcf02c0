//! Stages, clocks, waiting, archive, another version of the plan.

use heard_cases::cases::Tally;
use heard_desk::inbound::Destination;
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, store_plan, world};

/// Everything that `classify` and `handle` ask for.
async fn prepare(w: &World, path: &str) {
    w.tally(path, Tally::Acknowledgements, 1).await;
    let kind = json!({"category_key": "crash", "severity_key": "severe", "urgency_key": "urgent"});
    w.ok("wang", &format!("POST {path}/classification"), kind).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
}

async fn complete(w: &World, path: &str, stage: &str) -> Value {
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": stage})).await
}

async fn patch(w: &World, path: &str, body: Value) -> Value {
    let version = w.case(path).await["version"].as_i64();
    let (status, case) = w.call("wang", &format!("PATCH {path}"), version, body).await;
    assert_eq!(status, 200, "{case}");
    case
}

/// A complaint that is handled, and of whose result the customer is to be told, on the 22nd at ten.
pub(crate) async fn to_be_told(w: &World, path: &str) {
    complete(w, path, "record").await;
    prepare(w, path).await;
    complete(w, path, "acknowledge").await;
    complete(w, path, "classify").await;
    patch(w, path, json!({"solution": {"steps": "修复并发版"}, "custom": {"device": "phone"}})).await;
    w.at("09-22 10:00").await;
    complete(w, path, "handle").await;
}

async fn a_complaint_goes_from_record_to_archive(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let case = w.case(&path).await;
    assert_eq!((&case["number"], &case["stage"]["key"]), (&json!("T-10001"), &json!("record")));
    assert_eq!(w.clocks(&path).await, ["acknowledge 09-18 17:30", "classify 09-20 09:30"]);
    complete(&w, &path, "record").await;
    let (status, refused) = w
        .call("wang", &format!("POST {path}/complete_stage"), None, json!({"stage_key": "acknowledge"}))
        .await;
    assert_eq!((status, &refused["code"]), (409, &json!("stage_incomplete")));
    assert_eq!(refused["params"]["missing"][0]["need"], "acknowledgement");
    assert!(refused["detail"].as_str().unwrap().contains("已发送的受理确认"), "{refused}");
    prepare(&w, &path).await;
    assert_eq!(
        w.clocks(&path).await,
        ["acknowledge 09-18 17:30", "classify 09-20 09:30", "handle_product 09-24 16:30"]
    );
    complete(&w, &path, "acknowledge").await;
    let case = complete(&w, &path, "classify").await;
    assert_eq!(w.clocks(&path).await, ["handle_product 09-24 16:30"]);
    assert_eq!((&case["priority"], &case["department"]["name"]), (&json!("urgent"), &json!("产品部")));
    assert!(case["priority_reason"].as_str().unwrap().contains("第 1 行"), "{case}");
    let missing: Vec<&str> =
        case["missing"].as_array().unwrap().iter().map(|lack| lack["text"].as_str().unwrap()).collect();
    assert_eq!(missing, ["解决方案", "设备"], "needs and required fields together");
    patch(&w, &path, json!({"solution": {"steps": "修复并发版"}, "custom": {"device": "phone"}})).await;
    w.at("09-22 10:00").await;
    let case = complete(&w, &path, "handle").await;
    assert_eq!(case["stage"]["key"], "tell");
    assert_eq!(w.clocks(&path).await, ["tell 09-23 10:00"]);
    let body = json!({"stage_key": "tell", "reason": "已当面告知"});
    w.ok("wang", &format!("POST {path}/skip_stage"), body).await;
    patch(&w, &path, json!({"cause_key": "bug", "upheld": "yes", "satisfaction": 5})).await;
    let case = complete(&w, &path, "archive").await;
    assert_eq!((&case["state"], &case["outcome"]), (&json!("archived"), &json!("solved")));
    assert!(w.clocks(&path).await.is_empty() && case["next_due_at"].is_null());
    assert_eq!(case["stages"][4]["ending"], "skipped");
    let told = w.told().await;
    assert_eq!(told.first().map(String::as_str), Some("case.opened"));
    assert_eq!(told.iter().filter(|kind| *kind == "case.stage_done").count(), 5);
    assert_eq!(told.last().map(String::as_str), Some("case.archived"));
}

async fn what_kind_it_is_decides_which_clocks_run(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("账号被盗").await;
    let kind = |category: &str| json!({"category_key": category});
    w.ok("wang", &format!("POST {path}/classification"), kind("crash")).await;
    w.at("09-20 10:00").await;
    w.ok("wang", &format!("POST {path}/classification"), kind("account")).await;
    let clocks = w.clocks(&path).await;
    assert!(clocks.contains(&"handle_account 09-21 16:30".to_owned()), "counted from the start: {clocks:?}");
    assert!(!clocks.iter().any(|clock| clock.starts_with("handle_product")), "{clocks:?}");
    let case = w.case(&path).await;
    assert_eq!(case["clock_state"], "overdue", "the acknowledgement was due on Friday");
    let none = json!({"category_key": null});
    w.ok("wang", &format!("POST {path}/classification"), none).await;
    assert!(!w.clocks(&path).await.iter().any(|clock| clock.starts_with("handle")));
}

async fn a_message_of_the_customer_ends_waiting(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let body = json!({"reason": "customer", "note": "请补充截图"});
    let case = w.ok("wang", &format!("POST {path}/wait"), body).await;
    assert_eq!((&case["state"], &case["clock_state"]), (&json!("waiting_customer"), &json!("paused")));
    w.at("09-20 11:00").await;
    w.writes(Destination::Conversation(conversation), "截图在这里").await;
    w.settle().await;
    let case = w.case(&path).await;
    assert_eq!((&case["state"], &case["waits"][0]["ending"]), (&json!("open"), &json!("customer_message")));
    assert_eq!(w.clocks(&path).await[0], "acknowledge 09-20 12:00", "an hour of working time is left");
    let (status, code) = w.refused("wang", &format!("POST {path}/resume"), Value::Null).await;
    assert_eq!((status, code.as_str()), (409, "case_not_waiting"));
    let (status, _) = w.refused("wang", &format!("POST {path}/wait"), json!({"reason": "other"})).await;
    assert_eq!(status, 403, "holding a case needs the right to manage");
}

async fn a_stage_begins_again_and_its_clocks_with_it(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    complete(&w, &path, "record").await;
    prepare(&w, &path).await;
    complete(&w, &path, "acknowledge").await;
    complete(&w, &path, "classify").await;
    patch(&w, &path, json!({"solution": {"steps": "修复"}, "custom": {"device": "phone"}})).await;
    complete(&w, &path, "handle").await;
    assert_eq!(w.clocks(&path).await, ["tell 09-20 16:30"]);
    let back = json!({"stage_key": "handle", "reason": "修复无效"});
    let case = w.ok("wang", &format!("POST {path}/return_to_stage"), back).await;
    assert_eq!((&case["stage"]["key"], &case["stages"][4]["ending"]), (&json!("handle"), &json!("returned")));
    assert_eq!(w.clocks(&path).await, ["handle_product 09-24 16:30"]);
    let (status, code) = w
        .refused("wang", &format!("POST {path}/return_to_stage"), json!({"stage_key": "tell", "reason": "x"}))
        .await;
    assert_eq!((status, code.as_str()), (422, "stage_not_before"));
    let (status, code) =
        w.refused("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "tell"})).await;
    assert_eq!((status, code.as_str()), (409, "stage_not_current"));
}

async fn going_back_a_stage_goes_on_with_the_history_of_its_clock(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    complete(&w, &path, "record").await;
    prepare(&w, &path).await;
    complete(&w, &path, "acknowledge").await;
    complete(&w, &path, "classify").await;
    patch(&w, &path, json!({"solution": {"steps": "修复"}, "custom": {"device": "phone"}})).await;
    w.at("09-20 10:00").await;
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "customer"})).await;
    w.at("09-20 11:00").await;
    w.ok("wang", &format!("POST {path}/resume"), Value::Null).await;
    assert_eq!(w.clocks(&path).await, ["handle_product 09-24 17:30"], "an hour of waiting");
    w.at("09-21 10:00").await;
    complete(&w, &path, "handle").await;
    w.at("09-21 15:00").await;
    let back = json!({"stage_key": "handle", "reason": "修复无效"});
    w.ok("wang", &format!("POST {path}/return_to_stage"), back.clone()).await;
    // Four working hours in which it counted as done, over the holiday of the 25th.
    assert_eq!(w.clocks(&path).await, ["handle_product 09-28 13:30"]);
    let clocks = w.ok("wang", &format!("GET {path}/clocks"), Value::Null).await;
    let of_handling: Vec<&Value> = clocks["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|clock| clock["key"] == "handle_product")
        .collect();
    assert_eq!(of_handling.len(), 1, "it is the same clock");
    let line = format!("GET /clocks/{}", of_handling[0]["id"].as_str().unwrap());
    let why = w.ok("wang", &line, Value::Null).await;
    let words: Vec<&str> = why["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(words.iter().any(|line| line.contains("等待客户")), "{words:?}");
    assert!(words.iter().any(|line| line.contains("视为已完成，不计时")), "{words:?}");
    assert!(why["history"].as_array().unwrap().iter().any(|fact| fact["reason"] == "修复无效"), "{why}");
    w.at("09-29 10:00").await;
    complete(&w, &path, "handle").await;
    w.ok("wang", &format!("POST {path}/return_to_stage"), back).await;
    w.at("09-30 10:00").await;
    let why = w.ok("wang", &line, Value::Null).await;
    assert_eq!(why["assessment"]["state"], "breached", "late stays late");
    assert_eq!(why["assessment"]["breached_at"], "2026-09-28T05:30:00.000Z");
    let told = w.ctx.events_after(0, 10_000).await.unwrap();
    let breaches = told.iter().filter(|event| event.kind == "clock.breached");
    assert_eq!(breaches.filter(|event| event.data["key"] == "handle_product").count(), 1, "told once");
}

async fn archived_cases_are_opened_again_within_the_time_of_the_plan(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let early = json!({"outcome": "solved", "reason": "小事"});
    let (status, code) = w.refused("wang", &format!("POST {path}/archive"), early).await;
    assert_eq!((status, code.as_str()), (409, "archive_too_early"));
    let withdrawn = json!({"outcome": "withdrawn", "reason": "客户撤回"});
    w.ok("wang", &format!("POST {path}/archive"), withdrawn).await;
    assert!(w.clocks(&path).await.is_empty());
    let (status, code) = w.refused("wang", &format!("POST {path}/take"), Value::Null).await;
    assert_eq!((status, code.as_str()), (409, "case_archived"));
    w.at("09-22 10:00").await;
    let case = w.ok("wang", &format!("POST {path}/reopen"), json!({"reason": "客户又来了"})).await;
    assert_eq!((&case["state"], &case["stage"]["key"]), (&json!("open"), &json!("handle")));
    assert!(w.clocks(&path).await.contains(&"acknowledge 09-22 11:00".to_owned()), "counted from now");
    w.ok("wang", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
    w.at("11-20 10:00").await;
    let (status, code) = w.refused("wang", &format!("POST {path}/reopen"), json!({"reason": "再来"})).await;
    assert_eq!((status, code.as_str()), (409, "reopen_too_late"));
    w.ok("chen", &format!("POST {path}/reopen"), json!({"reason": "再来"})).await;
}

async fn a_case_keeps_its_version_until_it_is_moved(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    let mut plan = crate::plan::plan(w.products);
    plan.categories.retain(|category| category.key != "crash");
    plan.clocks.retain(|clock| clock.key != "classify");
    let newer = w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    assert_eq!(w.case(&path).await["plan_version_id"], json!(w.version));
    let other = w.complaint("另一件").await;
    assert_eq!(w.case(&other).await["plan_version_id"], json!(newer));
    let body = json!({"plan_version_id": newer, "reason": "预案更新"});
    let (status, _) = w.refused("wang", &format!("POST {path}/plan"), body.clone()).await;
    assert_eq!(status, 403);
    let case = w.ok("chen", &format!("POST {path}/plan"), body).await;
    assert_eq!((&case["plan_version_id"], &case["category"]), (&json!(newer), &Value::Null));
    assert_eq!(w.clocks(&path).await, ["acknowledge 09-18 17:30"]);
    let short = json!({"type_key": "question"});
    let case = w.ok("wang", &format!("POST {path}/classification"), short).await;
    assert_eq!(case["stage"]["key"], "answer", "another type goes through another flow");
}

on_both_engines!(
    a_complaint_goes_from_record_to_archive,
    what_kind_it_is_decides_which_clocks_run,
    a_message_of_the_customer_ends_waiting,
    a_stage_begins_again_and_its_clocks_with_it,
    going_back_a_stage_goes_on_with_the_history_of_its_clock,
    archived_cases_are_opened_again_within_the_time_of_the_plan,
    a_case_keeps_its_version_until_it_is_moved,
);
