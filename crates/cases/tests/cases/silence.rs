//! A customer who does not answer to the result, and one who is told and asked anew because it was not solved.

use heard_cases::{cases::Tally, plans::Plan};
use heard_desk::inbound::Destination;
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    world::{World, store_plan, world},
};

/// The small plan with a stage of following up, and three days of silence.
fn with_follow_up(w: &World) -> Plan {
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    let stages = whole["flows"][0]["stages"].as_array_mut().unwrap();
    stages.last_mut().unwrap()["needs"] = json!(["cause"]);
    let follow_up = json!({"key": "follow-up", "kind": "follow_up", "name": {"zh": "回访", "en": "Follow-up"},
                           "needs": ["satisfaction"]});
    stages.insert(stages.len() - 1, follow_up);
    whole["closing"] = json!({"silent_days": 3});
    serde_json::from_value(whole).unwrap()
}

async fn complete(w: &World, path: &str, stage: &str) {
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": stage})).await;
    w.settle().await;
}

async fn patch(w: &World, path: &str, body: Value) {
    let version = w.case(path).await["version"].as_i64();
    let (status, case) = w.call("wang", &format!("PATCH {path}"), version, body).await;
    assert_eq!(status, 200, "{case}");
}

/// A complaint of Wang's with a conversation, told of its result on Sunday 20 September at 10:00.
async fn told(w: &World) -> (String, heard_desk::conversations::ConversationId) {
    let conversation = w.writes(Destination::New, "课程闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    complete(w, &path, "record").await;
    w.tally(&path, Tally::Acknowledgements, 1).await;
    complete(w, &path, "acknowledge").await;
    let kind = json!({"category_key": "account", "severity_key": "general"});
    w.ok("wang", &format!("POST {path}/classification"), kind).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    complete(w, &path, "classify").await;
    patch(w, &path, json!({"solution": {"steps": "修复并发版"}})).await;
    complete(w, &path, "handle").await;
    w.at("09-20 10:00").await;
    w.tally(&path, Tally::ResultNotices, 1).await;
    complete(w, &path, "tell").await;
    (path, conversation)
}

async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let plan = with_follow_up(&w);
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    w
}

fn stage(case: &Value) -> &str {
    case["stage"]["key"].as_str().unwrap_or_default()
}

async fn alerts(w: &World) -> Vec<String> {
    let page = w.ok("wang", "GET /alerts", Value::Null).await;
    page["items"].as_array().unwrap().iter().map(|alert| alert["kind"].as_str().unwrap().to_owned()).collect()
}

async fn who_does_not_answer_counts_as_followed_up(db: TestDb) {
    let w = ready(db).await;
    let (path, _) = told(&w).await;
    w.at("09-23 09:59").await;
    assert_eq!(stage(&w.case(&path).await), "follow-up", "the days are not over");
    w.at("09-23 10:00").await;
    let case = w.case(&path).await;
    assert_eq!((stage(&case), &case["record"]["satisfaction_unsaid"]), ("archive", &json!(true)));
    assert!(alerts(&w).await.contains(&"silent".to_owned()), "whoever is responsible goes on");
    assert_eq!(w.told().await.iter().filter(|kind| *kind == "case.silent").count(), 1);
}

async fn an_answer_in_time_is_left_to_people(db: TestDb) {
    let w = ready(db).await;
    let (path, conversation) = told(&w).await;
    w.at("09-22 09:00").await;
    w.writes(Destination::Conversation(conversation), "还是不行").await;
    w.at("10-20 10:00").await;
    let case = w.case(&path).await;
    assert_eq!((stage(&case), &case["record"]["satisfaction_unsaid"]), ("follow-up", &json!(false)));
}

async fn silence_is_not_counted_while_others_are_waited_for_or_without_days(db: TestDb) {
    let w = ready(db).await;
    let (path, _) = told(&w).await;
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "third_party", "note": "银行"})).await;
    w.at("09-24 09:00").await;
    assert_eq!(stage(&w.case(&path).await), "follow-up");
    w.ok("wang", &format!("POST {path}/resume"), Value::Null).await;
    w.at("09-26 10:00").await;
    assert_eq!(stage(&w.case(&path).await), "archive");
    let mut plan = with_follow_up(&w);
    plan.closing.silent_days = 0;
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    let (other, _) = told(&w).await;
    w.at("12-01 10:00").await;
    assert_eq!(stage(&w.case(&other).await), "follow-up", "the plan does not let silence count");
}

async fn what_was_not_solved_is_told_and_asked_anew(db: TestDb) {
    let w = ready(db).await;
    let (path, _) = told(&w).await;
    patch(&w, &path, json!({"satisfaction": 2, "satisfaction_words": "没修好"})).await;
    let back = json!({"stage_key": "handle", "reason": "客户说没有解决"});
    w.ok("wang", &format!("POST {path}/return_to_stage"), back).await;
    let case = w.case(&path).await;
    assert_eq!((&case["satisfaction"], &case["record"]["satisfaction_words"]), (&Value::Null, &json!("")));
    let earlier = &case["record"]["satisfaction_earlier"][0];
    assert_eq!((&earlier["score"], &earlier["words"]), (&json!(2), &json!("没修好")));
    complete(&w, &path, "handle").await;
    let line = format!("POST {path}/complete_stage");
    let (status, refused) = w.call("wang", &line, None, json!({"stage_key": "tell"})).await;
    assert_eq!((status, &refused["params"]["missing"][0]["need"]), (409, &json!("result_notice")));
    w.tally(&path, Tally::ResultNotices, 1).await;
    complete(&w, &path, "tell").await;
    let (status, refused) = w.call("wang", &line, None, json!({"stage_key": "follow-up"})).await;
    assert_eq!((status, &refused["params"]["missing"][0]["need"]), (409, &json!("satisfaction")));
    patch(&w, &path, json!({"satisfaction": 5})).await;
    complete(&w, &path, "follow-up").await;
    patch(&w, &path, json!({"cause_key": "bug"})).await;
    complete(&w, &path, "archive").await;
    w.ok("wang", &format!("POST {path}/reopen"), json!({"reason": "又坏了"})).await;
    let again = w.clocks(&path).await;
    assert!(again.iter().any(|clock| clock.starts_with("handle")), "{again:?}");
    let held = again.iter().all(|clock| !clock.starts_with("acknowledge") && !clock.starts_with("classify"));
    assert!(held, "what was done before the stage that begins again is not counted again: {again:?}");
    complete(&w, &path, "handle").await;
    let (status, _) = w.call("wang", &line, None, json!({"stage_key": "tell"})).await;
    assert_eq!(status, 409, "an archived case that is opened again is told again too");
}

on_both_engines!(
    who_does_not_answer_counts_as_followed_up,
    an_answer_in_time_is_left_to_people,
    silence_is_not_counted_while_others_are_waited_for_or_without_days,
    what_was_not_solved_is_told_and_asked_anew,
);
