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
            {"do": "notify", "to": [{"who": "team"}]},
        ]},
        {"at": {"on": "overdue", "minutes": 60}, "actions": [{"do": "notify", "to": [{"who": "managers"}]}]},
    ]}]);
    whole["alarms"] = json!([{
        "key": "severe", "name": text("严重问题立即上报"), "when": {"severities": ["severe"]},
        "actions": [{"do": "report_to_superior"}, {"do": "notify", "to": [{"who": "managers"}]}],
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
    assert_eq!(kinds(&w, "wang").await, ["clock_breached"], "it is late, not nearly due");
    assert_eq!(kinds(&w, "chen").await, ["clock_overdue", "report"]);
    assert_eq!(w.refused("nobody", "GET /alerts", Value::Null).await, (403, "forbidden".to_owned()));
    let alerts = w.ok("wang", "GET /alerts", Value::Null).await;
    let text = alerts["items"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("已超过时限：T-10001 课程闪退（"), "{text}");
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
    assert_eq!(kinds(&w, "wang").await, ["clock_breached"], "nothing twice");
    assert_eq!(kinds(&w, "chen").await, ["clock_overdue", "report"], "nothing twice");
}

async fn a_warning_says_how_much_is_used(db: TestDb) {
    let w = ready(db).await;
    w.complaint("课程闪退").await;
    w.at("09-18 17:20").await;
    let alerts = w.ok("wang", "GET /alerts", Value::Null).await;
    let text = alerts["items"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("时限即将到期，已用 80%：T-10001 课程闪退（"), "{text}");
    w.at("09-18 17:31").await;
    assert_eq!(kinds(&w, "wang").await, ["clock_breached", "clock_warned"]);
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

async fn who_promised_is_told_before_and_after_it_is_due(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let id = path.rsplit('/').next().unwrap();
    let limit = json!({"unit": "working_minutes", "minutes": 600});
    let made =
        w.ok("wang", "POST /promises", json!({"body": "给临时办法", "limit": limit, "case_id": id})).await;
    let told = async |who: &str| -> Vec<String> {
        let page = w.ok(who, "GET /alerts", Value::Null).await;
        let items = page["items"].as_array().unwrap().iter();
        let text = |alert: &Value| alert["text"].as_str().unwrap().to_owned();
        items.map(text).filter(|text| text.contains("给临时办法")).collect()
    };
    // An hour and a half on Friday, eight hours on the make-up Sunday; the rest on Monday until 09:30.
    w.at("09-20 14:30").await;
    assert_eq!(told("wang").await, [""; 0], "half of the time is no news");
    w.at("09-20 16:30").await;
    let near = "对客户的承诺即将到期：T-10001 课程闪退（给临时办法）";
    assert_eq!(told("wang").await, [near]);
    w.at("09-21 09:30").await;
    w.at("09-22 09:30").await;
    assert_eq!(told("wang").await, ["对客户的承诺没有按时兑现：T-10001 课程闪退（给临时办法）", near]);
    assert_eq!(told("chen").await, [""; 0], "it is the matter of who promised and of who owns the case");
    w.ok("wang", &format!("POST /promises/{}/keep", made["id"].as_str().unwrap()), Value::Null).await;
    w.at("09-23 09:30").await;
    assert_eq!(told("wang").await.len(), 2, "nothing twice");

    let late = json!({
        "body": "给临时办法二", "limit": {"unit": "calendar_minutes", "minutes": 60}, "case_id": id,
        "promised_at": "2026-09-22T09:00:00+08:00",
    });
    w.ok("wang", "POST /promises", late).await;
    w.settle().await;
    let broken = "对客户的承诺没有按时兑现：T-10001 课程闪退（给临时办法二）";
    assert_eq!(told("wang").await[..1], [broken], "what is late when it is entered is not due soon besides");
    assert_eq!(told("wang").await.len(), 3);
}

/// The small plan with a chain for tasks, one for hand-overs, and one for a single step of a playbook.
async fn ready_for_work(db: TestDb) -> World {
    let w = world(db).await;
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["clocks"] = json!([]);
    let step = |at: Value, who: &str| json!({"at": at, "actions": [{"do": "notify", "to": [{"who": who}]}]});
    let share = |share: u16| json!({"on": "share", "share": share});
    whole["escalations"] = json!([
        {"key": "task", "name": text("任务"), "steps": [
            step(share(90), "responsible"), step(share(100), "owner"), step(json!({"on": "overdue", "minutes": 30}), "managers"),
        ]},
        {"key": "handover", "name": text("转办"), "steps": [step(share(80), "responsible"), step(share(100), "managers")]},
        {"key": "judging", "name": text("判断"), "steps": [step(share(100), "responsible")]},
    ]);
    whole["chains"] = json!({"tasks": "task", "handovers": "handover"});
    let limit = json!({"unit": "calendar_minutes", "minutes": 60});
    whole["playbooks"] = json!([{"key": "usual", "name": text("通用"), "steps": [
        {"key": "judge", "kind": "task", "title": text("判断"), "limit": limit, "escalation": "judging"},
    ]}]);
    let plan: Plan = serde_json::from_value(whole).unwrap();
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    hold(&w, w.chen, BuiltIn::Manager).await;
    w
}

/// What somebody was told about clocks: the kind and what it names.
async fn pressed(w: &World, who: &str) -> Vec<String> {
    let page = w.ok(who, "GET /alerts?limit=100", Value::Null).await;
    let items = page["items"].as_array().unwrap().iter();
    let mut told: Vec<String> = items
        .filter(|alert| alert["kind"].as_str().unwrap().starts_with("clock_"))
        .map(|alert| {
            let text = alert["text"].as_str().unwrap();
            let name = text.rsplit_once('（').map_or("", |(_, name)| name.trim_end_matches('）'));
            format!("{} {name}", alert["kind"].as_str().unwrap())
        })
        .collect();
    told.sort();
    told
}

async fn late_tasks_and_handovers_are_escalated_once(db: TestDb) {
    let w = ready_for_work(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    let limit = |minutes: u32| json!({"unit": "calendar_minutes", "minutes": minutes});
    let task =
        |title: &str, minutes: u32| json!({"title": title, "assignee_id": w.li, "limit": limit(minutes)});
    w.ok("wang", &format!("POST {path}/tasks"), task("查日志", 60)).await;
    let done = w.ok("wang", &format!("POST {path}/tasks"), task("回电话", 120)).await;
    let line = format!("POST {path}/tasks/{}/done", done["id"].as_str().unwrap());
    w.ok("li", &line, json!({"outcome": "已回"})).await;
    let handover = json!({"departments": ["products"], "note": "请修复", "limit": limit(240)});
    w.ok("wang", &format!("POST {path}/handovers"), handover).await;
    w.settle().await;
    // Nothing runs for six hours: the task ran out after one, the hand-over after four.
    w.at("09-18 22:30").await;
    assert_eq!(pressed(&w, "li").await, ["clock_breached 查日志", "clock_breached 转办 1"]);
    assert_eq!(pressed(&w, "wang").await, ["clock_breached 判断", "clock_breached 查日志"]);
    assert_eq!(pressed(&w, "chen").await, ["clock_breached 转办 1", "clock_overdue 查日志"]);
    let escalated = w.ok("wang", &format!("GET {path}/escalations"), Value::Null).await;
    assert_eq!(escalated["items"].as_array().unwrap().len(), 6, "{escalated}");
    w.at("09-21 12:00").await;
    assert_eq!(pressed(&w, "li").await.len(), 2, "nothing twice");
    assert_eq!(pressed(&w, "wang").await.len(), 2, "nothing twice");
    assert_eq!(pressed(&w, "chen").await.len(), 2, "nothing twice");
}

async fn a_new_limit_of_a_task_is_escalated_anew(db: TestDb) {
    let w = ready_for_work(db).await;
    let path = w.complaint("课程闪退").await;
    let limit = json!({"unit": "calendar_minutes", "minutes": 60});
    let task = json!({"title": "查日志", "assignee_id": w.li, "limit": limit});
    let task = w.ok("wang", &format!("POST {path}/tasks"), task).await;
    w.at("09-18 17:27").await;
    assert_eq!(pressed(&w, "li").await, ["clock_warned 查日志"]);
    let line = format!("PATCH {path}/tasks/{}", task["id"].as_str().unwrap());
    let patch = json!({"limit": limit, "assignee_id": w.wang});
    assert_eq!(w.call("wang", &line, task["version"].as_i64(), patch).await.0, 200);
    w.at("09-18 18:24").await;
    assert_eq!(pressed(&w, "li").await.len(), 1, "it is another's now");
    assert!(pressed(&w, "wang").await.contains(&"clock_warned 查日志".to_owned()));
}

on_both_engines!(
    six_hours_down_and_each_step_is_done_once,
    a_warning_says_how_much_is_used,
    a_severe_case_is_reported_at_once,
    who_promised_is_told_before_and_after_it_is_due,
    late_tasks_and_handovers_are_escalated_once,
    a_new_limit_of_a_task_is_escalated_anew,
);
