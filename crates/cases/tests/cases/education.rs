//! The plan of the education pack from the arrival of a complaint to its archive, with every deadline worked out by hand.
//!
//! The office works 09:00–12:00 and 13:00–18:00 by the official arrangement of 2026: Sunday 20 September is a make-up workday, 25–27
//! September and 1–7 October are holidays, Saturday 10 October is a make-up workday.

use heard_cases::plans::packs;
use heard_desk::inbound::Destination;
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, store_plan, world};

async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let mut plan = packs().iter().find(|pack| pack.key == "education").unwrap().plan.clone();
    for department in &mut plan.departments {
        department.team_id = Some(w.products);
    }
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    w
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

/// Sends what a template says, with the gaps filled.
async fn tell(w: &World, path: &str, template: &str) {
    let draft = w.ok("wang", &format!("GET {path}/notices/draft?template={template}"), Value::Null).await;
    let parts: serde_json::Map<String, Value> = draft["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            let words = part["text"].as_str().unwrap().replace("{{?}}", "已修复并发布新版本");
            (part["key"].as_str().unwrap().to_owned(), json!(words))
        })
        .collect();
    let body = json!({"template": template, "channel": "phone", "told_to": "王女士", "parts": parts});
    w.ok("wang", &format!("POST {path}/notices"), body).await;
}

async fn do_required_tasks(w: &World, path: &str) {
    let tasks = w.ok("wang", &format!("GET {path}/tasks"), Value::Null).await;
    let tasks = tasks["items"].as_array().unwrap();
    assert!(!tasks.is_empty(), "the playbook has given tasks");
    for task in tasks.iter().filter(|task| task["required"] == true) {
        let line = format!("POST {path}/tasks/{}/done", task["id"].as_str().unwrap());
        w.ok("wang", &line, json!({"outcome": "已完成"})).await;
    }
    w.settle().await;
}

async fn a_complaint_goes_through_the_whole_plan(db: TestDb) {
    let w = ready(db).await;
    w.at("09-18 16:30").await;
    let conversation = w.writes(Destination::New, "课程总是闪退").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    w.settle().await;
    // An hour to record and to acknowledge; two hours to classify, of which half an hour falls on the make-up Sunday;
    // five working days (20, 21, 22, 23, 24 September) while nobody knows the class.
    assert_eq!(
        w.clocks(&path).await,
        ["acknowledge 09-18 17:30", "classify 09-20 09:30", "handle-other 09-24 16:30", "record 09-18 17:30"]
    );
    w.at("09-18 16:50").await;
    patch(
        &w,
        &path,
        json!({"occurred_at": "2026-09-18T14:00:00+08:00", "impact": "一个班无法上课",
            "understanding": {"how": "电话复述后确认"}}),
    )
    .await;
    complete(&w, &path, "record").await;
    tell(&w, &path, "acknowledgement").await;
    complete(&w, &path, "acknowledge").await;
    // Account has two working days, service three, product function five; each replaces the one before, from the start.
    w.at("09-20 09:10").await;
    let kind = |category: &str| json!({"category_key": category, "severity_key": "general", "urgency_key": "normal"});
    let line = format!("POST {path}/classification");
    for (category, clock) in [
        ("stolen", "handle-account 09-21 16:30"),
        ("attitude", "handle-service 09-22 16:30"),
        ("stability", "handle-product 09-24 16:30"),
    ] {
        w.ok("wang", &line, kind(category)).await;
        assert_eq!(w.clocks(&path).await, ["classify 09-20 09:30", clock]);
    }
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    complete(&w, &path, "classify").await;
    // Two working hours to hand over.
    assert_eq!(w.clocks(&path).await, ["hand-over 09-20 11:10", "handle-product 09-24 16:30"]);
    complete(&w, &path, "hand-over").await;
    // The first step of the technical playbook, the diagnosis, has four working hours.
    assert_eq!(w.clocks(&path).await, ["handle-product 09-24 16:30", "task 09-20 14:10"]);
    w.at("09-20 11:00").await;
    do_required_tasks(&w, &path).await;
    assert_eq!(w.clocks(&path).await, ["handle-product 09-24 16:30"]);
    // A complaint about the product goes through the analysis of its cause before the feature is optimised.
    patch(&w, &path, json!({"cause_key": "unstable"})).await;
    complete(&w, &path, "analyse").await;
    // The five days are 40 working hours; 18.5 are used when the customer is asked. The answer comes after the holiday of
    // the 25th to the 27th; the 21.5 hours that are left end on the 30th at 17:30.
    w.at("09-22 10:00").await;
    let wait = json!({"reason": "customer", "note": "请提供手机型号"});
    w.ok("wang", &format!("POST {path}/wait"), wait).await;
    w.at("09-28 11:00").await;
    w.writes(Destination::Conversation(conversation), "小米 14").await;
    w.settle().await;
    assert_eq!(w.clocks(&path).await, ["handle-product 09-30 17:30"]);
    w.at("09-30 17:00").await;
    patch(&w, &path, json!({"solution": {"steps": "修复并发版"}, "upheld": "yes"})).await;
    complete(&w, &path, "optimise").await;
    // Before the National Day holiday 24 hours are stricter than one working day, and drive the alarm.
    assert_eq!(w.clocks(&path).await, ["tell-24-hours 10-01 17:00", "tell-working-day 10-08 17:00"]);
    let case = w.case(&path).await;
    assert_eq!(case["next_due_at"], "2026-10-01T09:00:00.000Z");
    w.at("10-01 10:00").await;
    tell(&w, &path, "result").await;
    complete(&w, &path, "tell").await;
    // Five working days from the first opening after the holiday: 9, 10 (a Saturday), 12, 13, 14 October.
    assert_eq!(w.clocks(&path).await, ["follow-up 10-14 09:00"]);
    w.at("10-09 10:00").await;
    patch(&w, &path, json!({"satisfaction": 5})).await;
    complete(&w, &path, "follow-up").await;
    patch(&w, &path, json!({"summary": "新版解决，加入回归用例"})).await;
    complete(&w, &path, "archive").await;
    let case = w.case(&path).await;
    assert_eq!((&case["state"], &case["outcome"]), (&json!("archived"), &json!("solved")));
    let clocks = w.ok("wang", &format!("GET {path}/clocks"), Value::Null).await;
    assert_eq!(clocks["verdict"], "met", "every clock was kept");
}

on_both_engines!(a_complaint_goes_through_the_whole_plan);
