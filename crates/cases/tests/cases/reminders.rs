//! Whoever is responsible is reminded to look how a case goes on.

use heard_cases::plans::Plan;
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    world::{World, store_plan, world},
};

/// The small plan, with a reminder each working day while a complaint is recorded or handled, and one more often when severe.
fn with_reminders(w: &World) -> Plan {
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    let name = |zh: &str| json!({"zh": zh, "en": zh});
    whole["reminders"] = json!([
        {"key": "daily", "name": name("看进展"), "when": {"case_types": ["complaint"]}, "stages": ["record", "handle"],
         "every": {"unit": "working_days", "days": 1}},
        {"key": "hourly", "name": name("盯紧"), "when": {"severities": ["severe"]}, "stages": ["record"],
         "every": {"unit": "calendar_minutes", "minutes": 60}},
    ]);
    serde_json::from_value(whole).unwrap()
}

async fn ready(db: TestDb) -> (World, String) {
    let w = world(db).await;
    let plan = with_reminders(&w);
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    let path = w.complaint("课程闪退").await;
    w.settle().await;
    (w, path)
}

/// What a user was reminded of, the first first, and then has read.
async fn reminded(w: &World, who: &str) -> Vec<String> {
    let page = w.ok(who, "GET /alerts?unread=true", Value::Null).await;
    w.ok(who, "POST /alerts/read", json!({})).await;
    let alerts = page["items"].as_array().unwrap().iter().rev();
    let kept = alerts.filter(|alert| alert["kind"] == "reminder");
    kept.map(|alert| alert["params"]["name"]["zh"].as_str().unwrap().to_owned()).collect()
}

async fn reminders_come_on_schedule_to_who_is_responsible(db: TestDb) {
    // Friday, 16:30; the Sunday after it is a make-up workday.
    let (w, path) = ready(db).await;
    w.at("09-20 16:29").await;
    assert!(reminded(&w, "wang").await.is_empty());
    w.at("09-20 16:30").await;
    assert_eq!(reminded(&w, "wang").await, ["看进展"], "the team, while nobody owns it");
    w.ok("chen", &format!("POST {path}/assign"), json!({"owner_id": w.chen})).await;
    w.at("09-21 16:30").await;
    assert_eq!(reminded(&w, "chen").await, ["看进展"]);
    assert!(reminded(&w, "wang").await.is_empty(), "the owner alone");
    assert_eq!(w.told().await.iter().filter(|kind| *kind == "case.reminded").count(), 2);
}

async fn what_was_missed_is_told_once_and_waiting_is_left_alone(db: TestDb) {
    let (w, path) = ready(db).await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"severity_key": "severe"})).await;
    w.settle().await;
    // Nothing runs for five hours.
    w.at("09-18 21:45").await;
    assert_eq!(reminded(&w, "wang").await, ["盯紧"]);
    w.at("09-18 22:29").await;
    assert!(reminded(&w, "wang").await.is_empty());
    w.at("09-18 22:30").await;
    assert_eq!(reminded(&w, "wang").await, ["盯紧"], "at whole hours of the stage");
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "customer"})).await;
    w.at("09-18 23:30").await;
    assert!(reminded(&w, "wang").await.is_empty());
    w.ok("wang", &format!("POST {path}/resume"), Value::Null).await;
    w.at("09-19 00:30").await;
    assert_eq!(reminded(&w, "wang").await, ["盯紧"]);
    w.ok("wang", &format!("POST {path}/classification"), json!({"severity_key": "general"})).await;
    w.settle().await;
    w.at("09-20 10:00").await;
    assert!(reminded(&w, "wang").await.is_empty(), "no longer severe");
}

async fn none_comes_after_the_stage_or_the_case(db: TestDb) {
    let (w, path) = ready(db).await;
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "record"})).await;
    w.settle().await;
    w.at("09-21 18:00").await;
    assert!(reminded(&w, "wang").await.is_empty(), "another stage");
    let path = w.complaint("另一件").await;
    w.settle().await;
    let body = json!({"outcome": "withdrawn", "reason": "客户撤回"});
    w.ok("chen", &format!("POST {path}/archive"), body).await;
    w.at("09-28 18:00").await;
    assert!(reminded(&w, "wang").await.is_empty(), "archived");
}

on_both_engines!(
    reminders_come_on_schedule_to_who_is_responsible,
    what_was_missed_is_told_once_and_waiting_is_left_alone,
    none_comes_after_the_stage_or_the_case,
);
