//! Each routing class goes through stages of its own; a case whose class is changed goes on in those of the other.

use heard_cases::plans::{ClockRule, Plan, packs};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, store_plan, world};

/// The plan of the education pack, with a clock for what is examined.
fn plan(w: &World) -> Plan {
    let mut plan = packs().iter().find(|pack| pack.key == "education").unwrap().plan.clone();
    for department in &mut plan.departments {
        department.team_id = Some(w.products);
    }
    let handling = plan.clock("handle-account").unwrap().clone();
    let examine = json!({"on": "stage_done", "stage": "examine"});
    plan.clocks.push(ClockRule {
        key: "examine".to_owned(),
        group: None,
        start: serde_json::from_value(json!({"on": "stage_done", "stage": "hand_over"})).unwrap(),
        stop: serde_json::from_value(examine).unwrap(),
        when: Default::default(),
        ..handling
    });
    // The clock has an end wherever it begins: it is for the classes that are examined.
    plan.clocks.last_mut().unwrap().when.classes =
        vec!["routing/account".to_owned(), "routing/product-function".to_owned()];
    plan
}

async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let plan = plan(&w);
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    w.at("09-21 10:00").await;
    w
}

async fn classify(w: &World, path: &str, category: &str) -> Value {
    let kind = json!({"category_key": category, "severity_key": "general", "urgency_key": "normal"});
    let case = w.ok("wang", &format!("POST {path}/classification"), kind).await;
    w.settle().await;
    case
}

async fn complete(w: &World, path: &str, stage: &str) -> Value {
    let case = w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": stage})).await;
    w.settle().await;
    case
}

async fn patch(w: &World, path: &str, body: Value) {
    let version = w.case(path).await["version"].as_i64();
    let (status, case) = w.call("wang", &format!("PATCH {path}"), version, body).await;
    assert_eq!(status, 200, "{case}");
}

/// A complaint of a class that stands after its hand-over.
async fn handed_over(w: &World, category: &str) -> String {
    let path = w.complaint("不满意").await;
    let facts = json!({"occurred_at": "2026-09-20T14:00:00+08:00", "impact": "本人", "understanding": {"how": "电话复述"}});
    patch(w, &path, facts).await;
    w.tally(&path, heard_cases::cases::Tally::Acknowledgements, 1).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    complete(w, &path, "record").await;
    complete(w, &path, "acknowledge").await;
    classify(w, &path, category).await;
    complete(w, &path, "classify").await;
    complete(w, &path, "hand-over").await;
    path
}

/// The stages as the line of the case shows them: those it went through, the one it is in, those that come.
fn line(case: &Value) -> Vec<String> {
    let mark = |stage: &Value| match (&stage["current"], &stage["ending"]) {
        (Value::Bool(true), _) => "*".to_owned(),
        (_, Value::String(ending)) => format!(" {ending}"),
        _ => String::new(),
    };
    let stages = case["stages"].as_array().unwrap();
    stages.iter().map(|stage| format!("{}{}", stage["key"].as_str().unwrap(), mark(stage))).collect()
}

async fn each_class_goes_its_own_way(db: TestDb) {
    let w = ready(db).await;
    for (category, own) in [
        ("stability", &["analyse", "optimise"][..]),
        ("attitude", &["improve"]),
        ("stolen", &["verify", "act"]),
        ("other", &["handle"]),
    ] {
        let path = handed_over(&w, category).await;
        let case = w.case(&path).await;
        let ahead: Vec<&str> =
            case["stages"].as_array().unwrap()[4..].iter().map(|s| s["key"].as_str().unwrap()).collect();
        assert_eq!(ahead, [own, &["tell", "follow-up", "archive"]].concat(), "{category}");
        assert_eq!(case["stage"]["key"], own[0], "{category}");
    }
}

async fn a_class_is_changed_in_the_middle(db: TestDb) {
    let w = ready(db).await;
    let path = handed_over(&w, "attitude").await;
    assert_eq!(w.clocks(&path).await, ["handle-service 09-24 10:00"]);
    // It turns out to be about the account: what an account needs and was not done comes first; two days instead of three,
    // from receipt; what is examined has a time from the hand-over on.
    w.at("09-21 15:00").await;
    let case = classify(&w, &path, "stolen").await;
    assert_eq!(
        line(&case),
        [
            "record done",
            "acknowledge done",
            "classify done",
            "hand-over done",
            "verify*",
            "improve replaced",
            "act",
            "tell",
            "follow-up",
            "archive"
        ]
    );
    let improve = &case["stages"][5];
    assert_eq!((&improve["in_row"], &case["stages"][4]["in_row"]), (&json!(false), &json!(true)));
    assert_eq!(w.clocks(&path).await, ["examine 09-23 10:00", "handle-account 09-23 10:00"]);
    let (status, code) =
        w.refused("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "improve"})).await;
    assert_eq!((status, code.as_str()), (409, "stage_not_current"));
    let (status, code) = w
        .refused(
            "wang",
            &format!("POST {path}/return_to_stage"),
            json!({"stage_key": "improve", "reason": "再改"}),
        )
        .await;
    assert_eq!((status, code.as_str()), (422, "stage_not_before"), "it is not in its row");
    // And back: nothing waits for an examination any more, so its clock is called off; no verdict stays.
    w.at("09-21 16:00").await;
    let case = classify(&w, &path, "attitude").await;
    assert_eq!(case["stage"]["key"], "improve");
    assert_eq!(w.clocks(&path).await, ["handle-service 09-24 10:00"]);
    // A product whose cause has been analysed becomes a matter of the account: it goes on with the measure.
    let path = handed_over(&w, "stability").await;
    let tasks = w.ok("wang", &format!("GET {path}/tasks"), Value::Null).await;
    for task in tasks["items"].as_array().unwrap().iter().filter(|task| task["stage_kind"] == "examine") {
        w.ok(
            "wang",
            &format!("POST {path}/tasks/{}/done", task["id"].as_str().unwrap()),
            json!({"outcome": "查明"}),
        )
        .await;
    }
    w.settle().await;
    patch(&w, &path, json!({"cause_key": "unstable"})).await;
    let case = complete(&w, &path, "analyse").await;
    assert_eq!(case["stage"]["key"], "optimise");
    let case = classify(&w, &path, "stolen").await;
    assert_eq!(case["stage"]["key"], "act");
    assert_eq!(w.clocks(&path).await, ["handle-account 09-23 16:00"]);
    // Told the result, a correction of its class takes nothing up again.
    patch(&w, &path, json!({"solution": {"steps": "冻结并找回"}})).await;
    let tasks = w.ok("wang", &format!("GET {path}/tasks"), Value::Null).await;
    for task in tasks["items"].as_array().unwrap().iter().filter(|task| task["state"] == "open") {
        w.ok(
            "wang",
            &format!("POST {path}/tasks/{}/done", task["id"].as_str().unwrap()),
            json!({"outcome": "完成"}),
        )
        .await;
    }
    w.settle().await;
    complete(&w, &path, "act").await;
    w.tally(&path, heard_cases::cases::Tally::ResultNotices, 1).await;
    complete(&w, &path, "tell").await;
    let case = classify(&w, &path, "attitude").await;
    assert_eq!(case["stage"]["key"], "follow-up");
}

async fn a_task_that_comes_back_has_its_clock_again(db: TestDb) {
    let w = ready(db).await;
    let path = handed_over(&w, "attitude").await;
    let kind = |category: &str| json!({"category_key": category, "urgency_key": "urgent"});
    let classify = async |category: &str| {
        w.ok("wang", &format!("POST {path}/classification"), kind(category)).await;
        w.settle().await;
        w.clocks(&path).await
    };
    let before = classify("attitude").await;
    assert!(before.iter().any(|clock| clock.starts_with("task ")), "{before:?}");
    let between = classify("stolen").await;
    assert_ne!(before, between);
    assert_eq!(classify("attitude").await, before);
}

async fn what_is_to_be_examined_is_so_while_handling_where_nothing_is_examined(db: TestDb) {
    let w = ready(db).await;
    let path = handed_over(&w, "stability").await;
    let stages = async || {
        let tasks = w.ok("wang", &format!("GET {path}/tasks"), Value::Null).await;
        let of = |key: &str| {
            let mut all = tasks["items"].as_array().unwrap().iter();
            all.find(|task| task["step_key"] == key).unwrap()["stage_kind"].clone()
        };
        (of("diagnose"), of("solution"))
    };
    assert_eq!(stages().await, (json!("examine"), json!("handle")));
    // A refund has no examination: its checklist is worked off at handling, which waits for it.
    w.ok("wang", &format!("POST {path}/classification"), json!({"type_key": "refund"})).await;
    w.settle().await;
    assert_eq!(stages().await, (json!("handle"), json!("handle")));
    let case = w.case(&path).await;
    assert_eq!(case["stage"]["key"], "handle");
    let missing = case["missing"].as_array().unwrap();
    assert!(missing.iter().any(|lack| lack["need"] == "tasks_done"), "{missing:?}");
}

async fn replay_and_dossier_go_by_the_row(db: TestDb) {
    let w = ready(db).await;
    let path = handed_over(&w, "stolen").await;
    w.at("09-21 15:00").await;
    classify(&w, &path, "attitude").await;
    // As it was, and by the same rules: both sides agree that the examination was called off.
    let version = w.case(&path).await["plan_version_id"].as_str().unwrap().to_owned();
    let period = json!({"from": "2026-09-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"});
    let asked = w.ok("chen", &format!("POST /plan_versions/{version}/replay"), period).await;
    w.settle().await;
    let replayed =
        w.ok("chen", &format!("GET /plan_replays/{}", asked["id"].as_str().unwrap()), Value::Null).await;
    let rules = replayed["result"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["changed"] == 0), "{replayed}");
    let examine = rules.iter().find(|rule| rule["key"] == "examine").unwrap_or_else(|| panic!("{replayed}"));
    assert_eq!(
        (&examine["present"]["cancelled"], &examine["candidate"]["cancelled"]),
        (&json!(1), &json!(1)),
        "{examine}"
    );
    let (status, _, page) =
        w.raw("chen", &format!("GET {path}/dossier?format=html"), None, Value::Null).await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("登记 → 受理告知 → 分类 → 转办 → 改进服务 → 告知结果 → 回访 → 归档"), "{page}");
    assert!(
        page.contains("核实情况") && page.contains("流程变更"),
        "what it was in while it was another class stays"
    );
}

on_both_engines!(
    each_class_goes_its_own_way,
    a_class_is_changed_in_the_middle,
    a_task_that_comes_back_has_its_clock_again,
    what_is_to_be_examined_is_so_while_handling_where_nothing_is_examined,
    replay_and_dossier_go_by_the_row,
);
