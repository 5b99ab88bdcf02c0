//! Replays: what was agrees with the clocks that there were, and what would have been differs where it should.

use heard_cases::{
    cases::Tally,
    plans::{Plan, PlanVersionId},
};
use heard_desk::inbound::Destination;
use heard_kernel::{
    Actor,
    clock_policy::{Limit, Policy},
};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{World, store_plan, world};

async fn put(w: &World, plan: Plan) -> PlanVersionId {
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap()
}

/// Sends a command at a time of its own and lets happen what follows.
async fn at(w: &World, wall: &str, who: &str, line: &str, body: Value) -> Value {
    w.at(wall).await;
    let answer = w.ok(who, line, body).await;
    w.settle().await;
    answer
}

async fn patch(w: &World, path: &str, body: Value) {
    let version = w.case(path).await["version"].as_i64();
    let (status, case) = w.call("wang", &format!("PATCH {path}"), version, body).await;
    assert_eq!(status, 200, "{case}");
}

/// Asks for a replay of September and October and waits for it.
async fn replay(w: &World, version: PlanVersionId) -> Value {
    let body = json!({"from": "2026-09-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"});
    let (status, asked) =
        w.call("chen", &format!("POST /plan_versions/{}/replay", version.0), None, body).await;
    assert_eq!(status, 202, "{asked}");
    w.settle().await;
    let done =
        w.ok("chen", &format!("GET /plan_replays/{}", asked["id"].as_str().unwrap()), Value::Null).await;
    assert_eq!(done["state"], "done", "{done}");
    done
}

fn shown(key: &str, clock: &Value, due: &str) -> String {
    let field = |name: &str| clock[name].as_str().unwrap_or("-").to_owned();
    let state = field("state");
    // A replay warns nobody.
    let state = if state == "warning" { "running".to_owned() } else { state };
    format!("{key} from {} due {} {state} {}", field("started_at"), field(due), field("verdict"))
}

/// The clocks of a case as they are stored.
async fn stored(w: &World, path: &str) -> Vec<String> {
    let id: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
    let now = w.ctx.now();
    let found = w.ctx.read(async move |tx| heard_cases::clocks::of_case(tx, id, now).await).await.unwrap();
    let clocks = serde_json::to_value(&found).unwrap();
    let mut all: Vec<String> = clocks["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|clock| clock["subject_kind"] == "case")
        .map(|clock| shown(clock["key"].as_str().unwrap(), &clock["assessment"], "due"))
        .collect();
    all.sort();
    all
}

/// A plan without clocks: beside it everything that was is a difference, and so is listed.
fn without_clocks(plan: &Plan) -> Plan {
    Plan { clocks: Vec::new(), ..plan.clone() }
}

/// The clocks of a case as a replay tells them.
fn told(replay: &Value, path: &str, side: &str) -> Vec<String> {
    let id = path.rsplit('/').next().unwrap();
    let mut all: Vec<String> = Vec::new();
    for rule in replay["result"]["rules"].as_array().unwrap() {
        let of_case = rule["examples"].as_array().unwrap().iter().filter(|shown| shown["case_id"] == id);
        let clocks = of_case.map(|found| &found[side]).filter(|clock| !clock.is_null());
        all.extend(clocks.map(|clock| shown(rule["key"].as_str().unwrap(), clock, "due_at")));
    }
    all.sort();
    all
}

/// Classified three times, waiting twice, sent back, archived, opened again, moved to another version.
async fn eventful(w: &World, newer: PlanVersionId) -> String {
    w.at("09-18 16:30").await;
    let conversation = w.writes(Destination::New, "闪退").await;
    let path = w.complaint("课程闪退").await;
    w.settle().await;
    let line = |what: &str| format!("POST {path}/{what}");
    let stage = |key: &str| json!({"stage_key": key});
    at(w, "09-18 16:31", "wang", &line("conversations"), json!({"conversation_id": conversation})).await;
    at(w, "09-18 16:40", "wang", &line("classification"), json!({"category_key": "account"})).await;
    w.tally(&path, Tally::Acknowledgements, 1).await;
    at(w, "09-18 16:50", "wang", &line("complete_stage"), stage("record")).await;
    at(w, "09-18 16:55", "wang", &line("wait"), json!({"reason": "customer", "note": "截图"})).await;
    w.at("09-20 10:00").await;
    w.writes(Destination::Conversation(conversation), "截图在这里").await;
    w.settle().await;
    let kind = json!({"category_key": "crash", "severity_key": "severe", "urgency_key": "urgent"});
    at(w, "09-20 10:05", "wang", &line("classification"), kind).await;
    at(w, "09-20 15:00", "wang", &line("complete_stage"), stage("acknowledge")).await;
    at(w, "09-20 15:01", "wang", &line("take"), Value::Null).await;
    at(w, "09-20 15:02", "wang", &line("complete_stage"), stage("classify")).await;
    at(w, "09-21 09:30", "wang", &line("wait"), json!({"reason": "third_party"})).await;
    at(w, "09-21 11:00", "wang", &line("wait"), json!({"reason": "customer"})).await;
    at(w, "09-21 14:00", "wang", &line("resume"), Value::Null).await;
    patch(w, &path, json!({"solution": {"steps": "修复"}, "custom": {"device": "phone"}})).await;
    at(w, "09-22 10:00", "wang", &line("complete_stage"), stage("handle")).await;
    let back = json!({"stage_key": "handle", "reason": "修复无效"});
    at(w, "09-22 11:00", "wang", &line("return_to_stage"), back).await;
    at(w, "09-23 10:00", "chen", &line("plan"), json!({"plan_version_id": newer, "reason": "预案更新"}))
        .await;
    at(w, "09-28 10:00", "wang", &line("complete_stage"), stage("handle")).await;
    at(w, "09-28 10:30", "wang", &line("skip_stage"), json!({"stage_key": "tell", "reason": "已当面告知"}))
        .await;
    patch(w, &path, json!({"cause_key": "bug", "upheld": "yes", "satisfaction": 5})).await;
    at(w, "09-28 11:00", "wang", &line("complete_stage"), stage("archive")).await;
    at(w, "09-29 09:30", "wang", &line("reopen"), json!({"reason": "客户又来了"})).await;
    path
}

async fn the_replayed_present_agrees_with_the_clocks(db: TestDb) {
    let w = world(db).await;
    let plan = crate::plan::plan(w.products);
    let mut tighter = plan.clone();
    for rule in tighter.clocks.iter_mut().filter(|rule| rule.key == "handle_product") {
        rule.policy =
            Policy { limit: Limit::WorkingDays { days: 3, mode: Default::default() }, ..rule.policy.clone() };
    }
    tighter.clocks.retain(|rule| rule.key != "classify");
    let newer = put(&w, tighter).await;
    put(&w, plan.clone()).await;
    let path = eventful(&w, newer).await;
    let open = w.complaint("还在处理").await;
    let body = json!({"reason": "customer"});
    at(&w, "09-29 10:00", "wang", &format!("POST {open}/wait"), body).await;
    let kind = json!({"category_key": "account"});
    at(&w, "09-29 10:10", "wang", &format!("POST {open}/classification"), kind).await;
    let merged = w.complaint("重复的").await;
    let into = json!({"into": open.rsplit('/').next().unwrap(), "reason": "同一件事"});
    at(&w, "09-29 10:20", "wang", &format!("POST {merged}/merge"), into).await;
    let bare = put(&w, without_clocks(&plan)).await;
    w.at("10-20 10:00").await;
    let replayed = replay(&w, bare).await;
    assert_eq!(replayed["result"]["cases"], 2, "a case that is part of another one has no life of its own");
    for path in [&path, &open] {
        let was = stored(&w, path).await;
        assert!(was.len() >= 3, "{was:?}");
        assert_eq!(told(&replayed, path, "present"), was);
        assert!(told(&replayed, path, "candidate").is_empty());
    }
}

async fn a_candidate_shows_other_deadlines(db: TestDb) {
    let w = world(db).await;
    let plan = crate::plan::plan(w.products);
    let path = w.complaint("课程闪退").await;
    w.settle().await;
    at(&w, "09-18 17:10", "wang", &format!("POST {path}/classification"), json!({"category_key": "crash"}))
        .await;
    w.tally(&path, Tally::Acknowledgements, 1).await;
    at(&w, "09-18 17:15", "wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "record"}))
        .await;
    at(
        &w,
        "09-18 17:20",
        "wang",
        &format!("POST {path}/complete_stage"),
        json!({"stage_key": "acknowledge"}),
    )
    .await;
    let same = put(&w, plan.clone()).await;
    let mut strict = plan.clone();
    for rule in strict.clocks.iter_mut().filter(|rule| rule.key == "acknowledge") {
        rule.policy = Policy { limit: Limit::WorkingMinutes { minutes: 30 }, ..rule.policy.clone() };
    }
    strict.clocks.retain(|rule| rule.key != "handle_product");
    let strict = put(&w, strict).await;
    w.at("09-20 17:00").await;
    let replayed = replay(&w, same).await;
    assert_eq!((&replayed["result"]["cases"], &replayed["result"]["changed_cases"]), (&json!(1), &json!(0)));
    assert_eq!((&replayed["total"], &replayed["done"]), (&json!(1), &json!(1)));
    let replayed = replay(&w, strict).await;
    let rules = replayed["result"]["rules"].as_array().unwrap();
    let rule = |key: &str| rules.iter().find(|rule| rule["key"] == key).unwrap();
    let acknowledge = rule("acknowledge");
    assert_eq!(
        (&acknowledge["present"]["met"], &acknowledge["candidate"]["breached"]),
        (&json!(1), &json!(1))
    );
    let changed = &acknowledge["examples"][0];
    assert_eq!(changed["number"], "T-10001");
    assert_eq!(changed["present"]["due_at"], "2026-09-18T09:30:00.000Z");
    assert_eq!(changed["candidate"]["due_at"], "2026-09-18T09:00:00.000Z");
    assert_eq!((&rule("classify")["changed"], &rule("handle_product")["changed"]), (&json!(0), &json!(1)));
    assert_eq!(replayed["result"]["changed_cases"], 1);
    let list = w.ok("chen", &format!("GET /plan_versions/{}/replays", strict.0), Value::Null).await;
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["result"]), (1, &Value::Null));
    let told = w.ctx.events_after(0, 10_000).await.unwrap();
    let kinds: Vec<&str> =
        told.iter().map(|event| event.kind.as_str()).filter(|kind| kind.starts_with("plan.replay")).collect();
    assert_eq!(kinds, ["plan.replay_asked", "plan.replayed", "plan.replay_asked", "plan.replayed"]);
}

async fn replays_are_narrowed_and_refused(db: TestDb) {
    let w = world(db).await;
    let version = w.version.0;
    let path = w.complaint("账号").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    w.complaint("未分类").await;
    w.settle().await;
    let line = format!("POST /plan_versions/{version}/replay");
    let body =
        |from: &str, to: &str| json!({"from": format!("{from}T00:00:00Z"), "to": format!("{to}T00:00:00Z")});
    let september = body("2026-09-01", "2026-10-01");
    let (status, code) = w.refused("wang", &line, september.clone()).await;
    assert_eq!((status, code.as_str()), (403, "forbidden"), "it shows cases of others");
    let (status, code) = w.refused("chen", &line, body("2026-10-01", "2026-09-01")).await;
    assert_eq!((status, code.as_str()), (422, "period_backwards"));
    let (status, code) = w.refused("chen", &line, body("2025-01-01", "2026-10-01")).await;
    assert_eq!((status, code.as_str()), (422, "replay_period_too_long"));
    let nowhere = format!("POST /plan_versions/{}/replay", Uuid::from_u128(7));
    assert_eq!(w.refused("chen", &nowhere, september.clone()).await.0, 404);
    let narrowed = |key: &str, value: &str| {
        let mut body = september.clone();
        body[key] = json!(value);
        body
    };
    for (body, cases) in [
        (september.clone(), 2),
        (narrowed("category_key", "product"), 1),
        (narrowed("category_key", "account"), 0),
        (narrowed("type_key", "complaint"), 2),
        (narrowed("type_key", "question"), 0),
        (body("2026-08-01", "2026-09-01"), 0),
    ] {
        let asked = w.ok("chen", &line, body.clone()).await;
        let again = w.ok("chen", &line, body.clone()).await;
        assert_eq!(asked["id"], again["id"], "the same question while it is being answered");
        assert_eq!((&asked["total"], &asked["asked_by"]["name"]), (&json!(cases), &json!("陈主管")));
        w.settle().await;
        let path = format!("/plan_replays/{}", asked["id"].as_str().unwrap());
        let done = w.ok("chen", &format!("GET {path}"), Value::Null).await;
        assert_eq!((&done["state"], &done["result"]["cases"]), (&json!("done"), &json!(cases)), "{body}");
        assert_eq!(w.refused("wang", &format!("GET {path}"), Value::Null).await.0, 403);
    }
    let gone = format!("GET /plan_replays/{}", Uuid::from_u128(7));
    assert_eq!(w.refused("chen", &gone, Value::Null).await.0, 404);
}

async fn who_is_recused_does_not_see_the_case(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("投诉陈主管").await;
    w.settle().await;
    let bare = put(&w, without_clocks(&crate::plan::plan(w.products))).await;

    let id = path.rsplit('/').next().unwrap().parse::<heard_cases::cases::CaseId>().unwrap();

    let chen = w.chen;
    w.ctx
        .tx(&Actor::system(), async move |tx| {
            let sql = "INSERT INTO case_people (case_id, user_id, role, since, reason) VALUES ($1, $2, 'recused', 0, '')";
            tx.execute(sql, &heard_store::params![id, chen]).await.map(drop)
        })
        .await
        .unwrap();
    let replayed = replay(&w, bare).await;
    let rules = replayed["result"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| rule["changed"] == 1 && rule["examples"] == json!([])), "{replayed}");
}

on_both_engines!(
    the_replayed_present_agrees_with_the_clocks,
    a_candidate_shows_other_deadlines,
    replays_are_narrowed_and_refused,
    who_is_recused_does_not_see_the_case,
);
