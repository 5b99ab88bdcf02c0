//! A plan is changed while a case is under way: the case keeps its version until an administrator moves it.

use heard_cases::plans::Plan;
use heard_kernel::clock_policy::{Limit, Policy};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

/// Drafts a version by the API, gives it to review, has it approved and makes it active.
async fn new_version(w: &World, change: impl FnOnce(&mut Plan)) -> (String, Value) {
    let current = w.ok("chen", "GET /plan", Value::Null).await;
    let (plan_id, version_id) = (current["plan_id"].as_str().unwrap(), &current["version_id"]);
    let body = json!({"based_on_id": version_id, "note": "处理时限由五天改为三天"});
    let draft = w.ok("chen", &format!("POST /plans/{plan_id}/versions"), body).await;
    let id = draft["info"]["id"].as_str().unwrap().to_owned();
    let mut content: Plan = serde_json::from_value(draft["content"].clone()).unwrap();
    change(&mut content);
    let saved = json!({"content": content});
    let (status, answer) =
        w.call("chen", &format!("PATCH /plan_versions/{id}"), draft["info"]["version"].as_i64(), saved).await;
    assert_eq!(status, 200, "{answer}");
    (id, answer)
}

async fn a_version_changed_in_the_middle(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    w.settle().await;
    let former = w.version;
    assert!(w.clocks(&path).await.contains(&"handle_product 09-24 16:30".to_owned()));
    w.at("09-20 09:30").await;
    let three_days = |plan: &mut Plan| {
        for rule in plan.clocks.iter_mut().filter(|rule| rule.key == "handle_product") {
            let limit = Limit::WorkingDays { days: 3, mode: Default::default() };
            rule.policy = Policy { limit, ..rule.policy.clone() };
        }
    };
    let (newer, _) = new_version(&w, three_days).await;
    // A replay of the draft shows what would change, before anybody decides.
    let period = json!({"from": "2026-09-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"});
    let asked = w.ok("chen", &format!("POST /plan_versions/{newer}/replay"), period).await;
    w.settle().await;
    let replayed =
        w.ok("chen", &format!("GET /plan_replays/{}", asked["id"].as_str().unwrap()), Value::Null).await;
    let rules = replayed["result"]["rules"].as_array().unwrap();
    let changed: Vec<&Value> = rules.iter().filter(|rule| rule["changed"] != 0).collect();
    assert_eq!((changed.len(), &changed[0]["key"]), (1, &json!("handle_product")), "{replayed}");
    let example = &changed[0]["examples"][0];
    assert_eq!(example["present"]["due_at"], "2026-09-24T08:30:00.000Z");
    assert_eq!(example["candidate"]["due_at"], "2026-09-22T08:30:00.000Z");
    // The case keeps its version, whatever becomes of the draft.
    assert_eq!(w.case(&path).await["plan_version_id"], json!(former));
    assert!(w.clocks(&path).await.contains(&"handle_product 09-24 16:30".to_owned()));
    // It is moved with a reason, by who may; its clocks go by the new rules, from their start.
    w.at("09-20 10:00").await;
    let line = format!("POST {path}/plan");
    let (status, _) =
        w.refused("wang", &line, json!({"plan_version_id": newer, "reason": "新预案更严"})).await;
    assert_eq!(status, 403);
    let (status, code) = w.refused("chen", &line, json!({"plan_version_id": newer, "reason": " "})).await;
    assert_eq!((status, code.as_str()), (422, "required"));
    let case = w.ok("chen", &line, json!({"plan_version_id": newer, "reason": "新预案更严"})).await;
    w.settle().await;
    assert_eq!(case["plan_version_id"], json!(newer));
    let clocks = w.clocks(&path).await;
    assert!(clocks.contains(&"handle_product 09-22 16:30".to_owned()), "{clocks:?}");
    assert_eq!(clocks.len(), 3, "the others run on as they were: {clocks:?}");
    // The explanation tells of it: when, by whom, why, and what held before.
    let shown = w.ok("wang", &format!("GET {path}/clocks"), Value::Null).await;
    let of_case = shown["clocks"].as_array().unwrap();
    let handle = of_case.iter().find(|clock| clock["key"] == "handle_product").unwrap();
    let why = w.ok("wang", &format!("GET /clocks/{}", handle["id"].as_str().unwrap()), Value::Null).await;
    let facts = why["history"].as_array().unwrap();
    let moved = facts.iter().find(|fact| fact["what"] == "changed");
    let moved = moved.unwrap_or_else(|| panic!("{why}"));
    assert!(moved.to_string().contains("新预案更严"), "{moved}");
    assert!(moved.to_string().contains("陈主管"), "{moved}");
    let acknowledge = of_case.iter().find(|clock| clock["key"] == "acknowledge").unwrap();
    assert_eq!(acknowledge["assessment"]["verdict"], "breached", "what was late stays so");
    let told = w.told().await;
    assert!(told.contains(&"case.moved".to_owned()), "{told:?}");
    let timeline = w.ok("wang", &format!("GET {path}/timeline"), Value::Null).await;
    assert!(timeline["items"].as_array().unwrap().iter().any(|entry| entry["kind"] == "clock.changed"));
}

on_both_engines!(a_version_changed_in_the_middle);
