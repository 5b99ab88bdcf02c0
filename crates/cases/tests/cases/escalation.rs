//! Chains of escalation and alarms.

use heard_cases::plans::Plan;
use heard_kernel::Actor;
use heard_platform::rights::BuiltIn;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    teamwork::hold,
    world::{World, store_plan, world},
};

fn text(zh: &str) -> Value {
    json!({"zh": zh, "en": zh})
}

/// The small plan with a chain on the first clock and an alarm for severe cases.
fn with_chain(w: &World) -> Plan {
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["clocks"][0]["escalation"] = json!("first");
    whole["escalations"] = json!([{"key": "first", "name": text("首次响应"), "steps": [
        {"at": {"on": "share", "share": 80}, "actions": [{"do": "notify", "to": [{"who": "team"}]}]},
        {"at": {"on": "share", "share": 100}, "actions": [
            {"do": "raise_severity"}, {"do": "join_departments", "departments": ["products"]},
        ]},
        {"at": {"on": "overdue", "minutes": 60}, "actions": [{"do": "notify", "to": [{"who": "managers"}]}]},
    ]}]);
    whole["alarms"] = json!([{
        "key": "severe", "name": text("严重问题立即上报"), "when": {"severities": ["severe"]},
        "actions": [{"do": "report_to_superior"}],
    }]);
    serde_json::from_value(whole).unwrap()
}

async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let plan = with_chain(&w);
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    hold(&w, w.chen, BuiltIn::Manager).await;
    w
}

async fn kinds(w: &World, who: &str) -> Vec<String> {
    let page = w.ok(who, "GET /alerts", Value::Null).await;
    let mut kinds: Vec<String> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alert| alert["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    kinds
}

async fn six_hours_down_and_each_step_is_done_once(db: TestDb) {
    let w = ready(db).await;
    let body = json!({
        "classification": {"type_key": "complaint", "severity_key": "general"},
        "fields": {"title": "课程闪退", "facts": "闪退", "contact_id": w.contact},
    });
    let path = w.opened(body).await;
    // Nothing runs for six hours; the clock is breached at 17:30.
    w.at("09-18 22:30").await;
    assert_eq!(kinds(&w, "wang").await, ["clock_warned"]);
    assert_eq!(kinds(&w, "chen").await, ["clock_overdue", "report"]);
    let case = w.case(&path).await;
    assert_eq!(case["severity"]["key"], "severe");
    let handovers = w.ok("wang", &format!("GET {path}/handovers"), Value::Null).await;
    assert_eq!(
        (&handovers["items"][0]["joint"], handovers["items"].as_array().unwrap().len()),
        (&json!(true), 1)
    );
    let done = w.ok("wang", &format!("GET {path}/escalations"), Value::Null).await;
    assert_eq!(done["items"].as_array().unwrap().len(), 4, "{done}");
    w.at("09-19 22:30").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"urgency_key": "urgent"})).await;
    w.settle().await;
    assert_eq!(kinds(&w, "wang").await, ["clock_warned"], "nothing twice");
    assert_eq!(kinds(&w, "chen").await, ["clock_overdue", "report"], "nothing twice");
}

async fn a_severe_case_is_reported_at_once(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    w.settle().await;
    assert!(kinds(&w, "chen").await.is_empty());
    w.ok("wang", &format!("POST {path}/classification"), json!({"severity_key": "severe"})).await;
    w.settle().await;
    assert_eq!(kinds(&w, "chen").await, ["report"]);
    let alerts = w.ok("chen", "GET /alerts", Value::Null).await;
    assert_eq!(alerts["items"][0]["text"], "上报给您：T-10001 课程闪退（严重问题立即上报）");
    let reason = json!({"role": "recused", "add": [w.chen], "reason": "被投诉人"});
    w.ok("chen", &format!("POST {path}/people"), reason).await;
    w.at("09-18 19:00").await;
    assert_eq!(kinds(&w, "chen").await, ["report"], "who is recused hears no more");
}

on_both_engines!(six_hours_down_and_each_step_is_done_once, a_severe_case_is_reported_at_once);
