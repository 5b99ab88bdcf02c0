//! Tasks, hand-overs, remedies.

use heard_cases::plans::Plan;
use heard_kernel::Actor;
use heard_platform::{directory::UserId, rights::BuiltIn};
use heard_store::params;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    world::{World, store_plan, world},
};

fn text(zh: &str) -> Value {
    json!({"zh": zh, "en": zh})
}

/// The small plan with a playbook and remedies.
fn with_work(w: &World) -> Plan {
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["playbooks"] = json!([{
        "key": "technical", "name": text("技术问题"), "when": {"categories": ["product"]}, "steps": [
            {"key": "diagnose", "kind": "diagnosis", "title": text("诊断"), "stage": "handle", "required": true,
             "limit": {"unit": "calendar_minutes", "minutes": 60}},
            {"key": "judge", "kind": "demand_judgement", "title": text("诉求是否合理"), "stage": "handle"},
        ],
    }]);
    whole["remedies"] = json!([
        {"key": "refund", "kind": "refund", "name": text("退款"), "has_amount": true,
         "authority": [{"role": "agent", "up_to": 10_000}, {"role": "supervisor", "up_to": 60_000}, {"role": "manager"}]},
        {"key": "apology", "kind": "apology", "name": text("道歉")},
    ]);
    serde_json::from_value(whole).unwrap()
}

async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let plan = with_work(&w);
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    for (user, role) in [(w.wang, BuiltIn::Agent), (w.chen, BuiltIn::Manager)] {
        hold(&w, user, role).await;
    }
    w
}

pub(crate) async fn hold(w: &World, user: UserId, role: BuiltIn) {
    w.ctx
        .tx(&Actor::system(), async move |tx| {
            let sql = "INSERT INTO user_roles (user_id, role_id) VALUES ($1, $2)";
            tx.execute(sql, &params![user, role.id()]).await.map(drop)
        })
        .await
        .unwrap();
}

/// A complaint that stands at handling.
async fn at_handling(w: &World) -> String {
    let path = w.complaint("课程闪退").await;
    let kind = json!({"category_key": "crash", "severity_key": "severe"});
    w.ok("wang", &format!("POST {path}/classification"), kind).await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    w.tally(&path, heard_cases::cases::Tally::Acknowledgements, 1).await;
    for stage in ["record", "acknowledge", "classify"] {
        w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": stage})).await;
    }
    w.settle().await;
    path
}

fn missing(case: &Value) -> Vec<String> {
    let needs = case["missing"].as_array().unwrap().iter().filter_map(|lack| lack["need"].as_str());
    needs.map(str::to_owned).collect()
}

async fn the_checklist_follows_the_plan(db: TestDb) {
    let w = ready(db).await;
    let path = at_handling(&w).await;
    let tasks = w.ok("wang", &format!("GET {path}/tasks"), Value::Null).await["items"].clone();
    assert_eq!((&tasks[0]["words"], &tasks[1]["kind"]), (&json!("诊断"), &json!("demand_judgement")));
    assert_eq!(tasks[0]["due_at"], "2026-09-18T09:30:00.000Z");
    assert!(missing(&w.case(&path).await).contains(&"tasks_done".to_owned()));
    let task = |index: usize| format!("{path}/tasks/{}", tasks[index]["id"].as_str().unwrap());
    w.ok("wang", &format!("POST {}/done", task(0)), json!({"outcome": "日志显示内存不足"})).await;
    assert!(!missing(&w.case(&path).await).contains(&"tasks_done".to_owned()));
    let line = format!("POST {}/done", task(1));
    let unreasonable = json!({"outcome": "", "demand": "unreasonable"});
    assert_eq!(w.refused("wang", &line, unreasonable).await, (422, "explanation_missing".to_owned()));
    w.ok("wang", &line, json!({"outcome": "此功能不在范围内", "demand": "unreasonable"})).await;
    let case = w.case(&path).await;
    assert_eq!(case["record"]["demand_explanation"], "此功能不在范围内");
    assert_eq!(
        w.refused("wang", &line, json!({"outcome": "x", "demand": "reasonable"})).await.1,
        "task_ended"
    );
    w.ok("wang", &format!("POST {}/reopen", task(0)), Value::Null).await;
    assert!(missing(&w.case(&path).await).contains(&"tasks_done".to_owned()));
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "account"})).await;
    w.settle().await;
    assert!(!missing(&w.case(&path).await).contains(&"tasks_done".to_owned()), "put aside");
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    w.settle().await;
    assert!(missing(&w.case(&path).await).contains(&"tasks_done".to_owned()), "back again");
}

async fn own_tasks_are_given_and_ended(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let new = json!({
        "title": "培训客服", "kind": "training", "assignee_id": w.li,
        "limit": {"unit": "working_minutes", "minutes": 60},
    });
    let task = w.ok("wang", &format!("POST {path}/tasks"), new).await;
    assert_eq!(
        (&task["assignee"]["name"], &task["due_at"]),
        (&json!("李娜"), &json!("2026-09-18T09:30:00.000Z"))
    );
    w.settle().await;
    let mine = w.ok("li", "GET /case_tasks", Value::Null).await;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    let alerts = w.ok("li", "GET /alerts?unread=true", Value::Null).await;
    assert_eq!(alerts["items"][0]["kind"], "task_assigned");
    assert_eq!(w.ok("li", "GET /alert_count", Value::Null).await["unread"], 1);
    assert_eq!(w.ok("li", "POST /alerts/read", json!({})).await["unread"], 0);
    let id = task["id"].as_str().unwrap();
    let line = format!("PATCH {path}/tasks/{id}");
    let (status, changed) =
        w.call("wang", &line, task["version"].as_i64(), json!({"title": "培训全组"})).await;
    assert_eq!((status, &changed["words"]), (200, &json!("培训全组")));
    let line = format!("POST {path}/tasks/{id}/not_needed");
    assert_eq!(w.refused("wang", &line, json!({"reason": " "})).await, (422, "required".to_owned()));
    let ended = w.ok("li", &line, json!({"reason": "已在周会上讲过"})).await;
    assert_eq!((&ended["state"], &ended["ended_by_user"]["name"]), (&json!("not_needed"), &json!("李娜")));
}

async fn a_case_goes_to_a_department_and_back(db: TestDb) {
    let w = ready(db).await;
    let path = at_handling(&w).await;
    let line = format!("POST {path}/handovers");
    let new = json!({"departments": ["products"], "note": "请修复", "limit": {"unit": "calendar_minutes", "minutes": 120}});
    let asked = w.ok("wang", &line, new.clone()).await["items"][0].clone();
    assert_eq!((&asked["team"]["name"], &asked["state"]), (&json!("产品部"), &json!("asked")));
    assert_eq!(w.refused("wang", &line, new.clone()).await.1, "handover_under_way");
    let own = w.case(&path).await["team"]["id"].clone();
    let elsewhere = json!({"team_ids": [own], "note": "也请看看"});
    assert_eq!(
        w.refused("wang", &line, elsewhere).await.1,
        "handover_unanswered",
        "one department at a time"
    );
    assert!(missing(&w.case(&path).await).contains(&"handovers_closed".to_owned()));
    w.settle().await;
    assert_eq!(w.ok("li", "GET /case_handovers", Value::Null).await["items"].as_array().unwrap().len(), 1);
    assert_eq!(w.ok("li", "GET /alerts", Value::Null).await["items"][0]["kind"], "handover_asked");
    let one = format!("{path}/handovers/{}", asked["id"].as_str().unwrap());
    assert_eq!(w.refused("wang", &format!("POST {one}/accept"), Value::Null).await.0, 403);
    let back = w.ok("li", &format!("POST {one}/send_back"), json!({"reason": "不属于我们"})).await;
    assert_eq!(back["state"], "sent_back");
    assert!(!missing(&w.case(&path).await).contains(&"handovers_closed".to_owned()));
    let again = w.ok("wang", &line, new).await["items"][0].clone();
    let one = format!("{path}/handovers/{}", again["id"].as_str().unwrap());
    w.ok("li", &format!("POST {one}/accept"), Value::Null).await;
    let case = w.case(&path).await;
    assert_eq!((&case["owner"]["name"], &case["team"]["name"]), (&json!("李娜"), &json!("产品部")));
    w.ok("wang", &format!("GET {path}"), Value::Null).await;
    assert_eq!(w.refused("wang", &format!("POST {one}/close"), Value::Null).await.1, "handover_state");
    w.ok("li", &format!("POST {one}/done"), json!({"result": "1.2.3 版已修复"})).await;
    let case = w.case(&path).await;
    assert_eq!((&case["owner"]["name"], &case["team"]["name"]), (&json!("王芳"), &json!("客服组")));
    let more = format!("POST {one}/reopen");
    assert_eq!(w.refused("wang", &more, json!({"reason": " "})).await, (422, "required".to_owned()));
    let own = w.case(&path).await["team"]["id"].clone();
    let other = w.ok("wang", &line, json!({"team_ids": [own], "note": "也请看看"})).await["items"][0].clone();
    assert_eq!(
        w.refused("wang", &more, json!({"reason": "仍然闪退"})).await.1,
        "handover_under_way",
        "another has the case now"
    );
    let withdrawn = format!("POST {path}/handovers/{}/withdraw", other["id"].as_str().unwrap());
    w.ok("wang", &withdrawn, json!({"reason": "不用了"})).await;
    let again = w.ok("wang", &more, json!({"reason": "客户说仍然闪退"})).await;
    assert_eq!((&again["state"], &again["done_at"]), (&json!("accepted"), &Value::Null));
    let case = w.case(&path).await;
    assert_eq!((&case["owner"]["name"], &case["team"]["name"]), (&json!("李娜"), &json!("产品部")));
    w.settle().await;
    let told = w.ok("li", "GET /alerts", Value::Null).await;
    let kinds: Vec<&Value> = told["items"].as_array().unwrap().iter().map(|alert| &alert["kind"]).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "handover_reopened").count(), 1, "{kinds:?}");
    let clocks = w.ok("wang", &format!("GET {path}/clocks"), Value::Null).await;
    let of_it = clocks["clocks"].as_array().unwrap().iter().filter(|clock| clock["key"] == "hand-over");
    let states: Vec<&Value> = of_it.map(|clock| &clock["assessment"]["state"]).collect();
    assert_eq!(states, ["cancelled", "running"], "its clock runs again");
    w.ok("li", &format!("POST {one}/done"), json!({"result": "1.2.4 版已修复"})).await;
    let case = w.case(&path).await;
    assert_eq!((&case["owner"]["name"], &case["team"]["name"]), (&json!("王芳"), &json!("客服组")));
    assert_eq!(
        w.refused("li", &format!("POST {one}/close"), Value::Null).await,
        (403, "handover_own".to_owned()),
        "nobody accepts their own result"
    );
    let closed = w.ok("wang", &format!("POST {one}/close"), Value::Null).await;
    assert_eq!((&closed["state"], &closed["result"]), (&json!("closed"), &json!("1.2.4 版已修复")));
    assert!(!missing(&w.case(&path).await).contains(&"handovers_closed".to_owned()));
}

async fn a_department_that_was_asked_to_help_can_get_the_whole_case(db: TestDb) {
    let w = ready(db).await;
    let path = at_handling(&w).await;
    let line = format!("POST {path}/handovers");
    let ask = |joint: bool| json!({"departments": ["products"], "note": "请修复", "joint": joint});
    let helps = w.ok("wang", &line, ask(true)).await["items"][0].clone();
    w.ok("li", &format!("POST {path}/handovers/{}/accept", helps["id"].as_str().unwrap()), Value::Null).await;
    assert_eq!(w.case(&path).await["owner"]["name"], "王芳", "who helps does not take it");
    let whole = w.ok("wang", &line, ask(false)).await["items"][0].clone();
    let all = w.ok("wang", &format!("GET {path}/handovers"), Value::Null).await["items"].clone();
    let states: Vec<&Value> = all.as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert!(states.contains(&&json!("withdrawn")) && states.contains(&&json!("asked")), "{states:?}");
    w.settle().await;
    assert_eq!(w.ok("li", "GET /case_handovers", Value::Null).await["items"].as_array().unwrap().len(), 1);
    let one = format!("{path}/handovers/{}", whole["id"].as_str().unwrap());
    w.ok("li", &format!("POST {one}/accept"), Value::Null).await;
    assert_eq!(w.case(&path).await["owner"]["name"], "李娜");
    w.ok("li", &format!("POST {one}/done"), json!({"result": "已修复"})).await;
    w.ok("wang", &format!("POST {one}/close"), Value::Null).await;
    assert!(!missing(&w.case(&path).await).contains(&"handovers_closed".to_owned()), "nothing is left open");
}

async fn what_goes_beyond_authority_is_approved_by_another(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let line = format!("POST {path}/remedies");
    assert_eq!(w.refused("wang", &line, json!({"remedy": "refund"})).await, (422, "required".to_owned()));
    let small = w.ok("wang", &line, json!({"remedy": "refund", "amount": 9_900})).await;
    assert_eq!((&small["state"], &small["currency"]), (&json!("granted"), &json!("CNY")));
    let large = w.ok("wang", &line, json!({"remedy": "refund", "amount": 50_000, "note": "整学期"})).await;
    assert_eq!(large["state"], "asked");
    w.settle().await;
    assert_eq!(w.ok("chen", "GET /alerts", Value::Null).await["items"][0]["kind"], "remedy_asked");
    let waiting = w.ok("chen", "GET /case_remedies", Value::Null).await;
    assert_eq!(waiting["items"][0]["asker"]["name"], "王芳");
    let one = format!("{path}/remedies/{}", large["id"].as_str().unwrap());
    assert_eq!(w.refused("wang", &format!("POST {one}/approve"), Value::Null).await.0, 403);
    let granted = w.ok("chen", &format!("POST {one}/approve"), Value::Null).await;
    assert_eq!((&granted["state"], &granted["decider"]["name"]), (&json!("granted"), &json!("陈主管")));
    assert_eq!(
        w.refused("chen", &format!("POST {one}/refuse"), json!({"reason": "x"})).await.1,
        "remedy_decided"
    );
    let apology = w.ok("wang", &line, json!({"remedy": "apology"})).await;
    assert_eq!(apology["state"], "granted");
}

/// The titles of a list of tasks, each with the number of its case.
async fn listed(w: &World, who: &str, query: &str) -> Vec<String> {
    let page = w.ok(who, &format!("GET /case_tasks{query}"), Value::Null).await;
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|task| {
            format!("{} {}", task["case"]["number"].as_str().unwrap(), task["words"].as_str().unwrap())
        })
        .collect()
}

async fn tasks_of_all_cases_are_listed_by_what_is_due(db: TestDb) {
    let w = world(db).await;
    let (first, second) = (w.complaint("一").await, w.complaint("二").await);
    w.ok("wang", &format!("POST {first}/take"), Value::Null).await;
    let add = async |path: &str, body: Value| -> String {
        w.ok("wang", &format!("POST {path}/tasks"), body).await["id"].as_str().unwrap().to_owned()
    };
    let minutes = |minutes: i64| json!({"unit": "calendar_minutes", "minutes": minutes});
    let later = add(&first, json!({"title": "回访", "limit": minutes(600)})).await;
    add(&first, json!({"title": "不急"})).await;
    add(&second, json!({"title": "查日志", "limit": minutes(5), "assignee_id": w.li})).await;
    add(&second, json!({"title": "修复", "department": "products", "limit": minutes(300)})).await;
    w.settle().await;
    assert_eq!(listed(&w, "wang", "").await, ["T-10001 回访", "T-10001 不急"], "left to who owns the case");
    assert_eq!(listed(&w, "li", "").await, ["T-10002 查日志"]);
    let all = ["T-10002 查日志", "T-10002 修复", "T-10001 回访", "T-10001 不急"];
    assert_eq!(listed(&w, "wang", "?whose=all").await, all);
    assert_eq!(listed(&w, "li", "?whose=all").await, all[..2], "those of cases that Li sees");
    assert!(listed(&w, "zhao", "?whose=all").await.is_empty());
    let of_team = format!("?whose=all&team_id={}", w.products.0);
    assert_eq!(listed(&w, "wang", &of_team).await, ["T-10002 修复"]);
    let of_li = format!("?whose=all&assignee_id={}", w.li.0);
    assert_eq!(listed(&w, "wang", &of_li).await, ["T-10002 查日志"]);
    let page = w.ok("wang", "GET /case_tasks?whose=all&limit=3", Value::Null).await;
    let next = page["next_cursor"].as_str().unwrap();
    assert_eq!(listed(&w, "wang", &format!("?whose=all&cursor={next}")).await, all[3..]);
    w.at("09-18 16:40").await;
    assert_eq!(listed(&w, "li", "?overdue=true").await, ["T-10002 查日志"]);
    let counts = w.ok("li", "GET /case_tasks/counts", Value::Null).await;
    assert_eq!(counts, json!({"mine": 1, "overdue": 1}));
    assert_eq!(w.ok("wang", "GET /case_tasks/counts", Value::Null).await, json!({"mine": 2, "overdue": 0}));
    w.ok("wang", &format!("POST {first}/tasks/{later}/done"), json!({"outcome": "已回访"})).await;
    assert_eq!(listed(&w, "wang", "?state=done").await, ["T-10001 回访"]);
    assert_eq!(listed(&w, "wang", "").await, ["T-10001 不急"]);
    // What an archived case left open is not to be done, until it is opened again.
    let archive = json!({"outcome": "withdrawn", "reason": "撤回"});
    w.ok("wang", &format!("POST {second}/archive"), archive).await;
    assert!(listed(&w, "li", "").await.is_empty());
    w.settle().await;
    assert!(listed(&w, "li", "").await.is_empty());
    w.ok("wang", &format!("POST {second}/reopen"), json!({"reason": "没有解决"})).await;
    w.settle().await;
    assert!(listed(&w, "li", "").await.contains(&"T-10002 查日志".to_owned()));
    let recuse = json!({"role": "recused", "add": [w.chen], "reason": "亲属"});
    w.ok("chen", &format!("POST {first}/people"), recuse).await;
    assert_eq!(listed(&w, "chen", "?whose=all").await, ["T-10002 查日志", "T-10002 修复"]);
}

async fn what_waits_for_approval_says_who_may(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let line = format!("POST {path}/remedies");
    let asked = w.ok("wang", &line, json!({"remedy": "refund", "amount": 50_000})).await;
    let page = w.ok("chen", "GET /case_remedies", Value::Null).await;
    let one = &page["items"][0];
    assert_eq!((&one["case"]["number"], &one["amount"]), (&json!("T-10001"), &json!(50_000)));
    assert_eq!(one["name"].as_str().map(str::is_empty), Some(false));
    assert_eq!(one["obstacle"], Value::Null);
    assert_eq!(w.ok("chen", "GET /case_remedies/counts", Value::Null).await, json!({"waiting": 1}));
    let refuse = format!("POST {path}/remedies/{}/refuse", asked["id"].as_str().unwrap());
    w.ok("chen", &refuse, json!({"reason": "超出标准"})).await;
    assert_eq!(w.ok("chen", "GET /case_remedies/counts", Value::Null).await, json!({"waiting": 0}));
    let refused = w.ok("chen", "GET /case_remedies?state=refused", Value::Null).await;
    assert_eq!(refused["items"][0]["obstacle"], "decided");
    assert_eq!(refused["items"][0]["reason"], "超出标准");
    w.ok("wang", &line, json!({"remedy": "refund", "amount": 60_000})).await;
    w.ok("wang", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
    let page = w.ok("chen", "GET /case_remedies", Value::Null).await;
    assert_eq!(page["items"], json!([]), "of a case that is over nothing is decided");
}

async fn whoever_may_approve_is_told_of_it_whatever_their_team(db: TestDb) {
    let w = ready(db).await;
    // Li leads elsewhere, sees all cases and may grant up to 600.
    hold(&w, w.li, BuiltIn::Supervisor).await;
    let path = w.complaint("课程闪退").await;
    let line = format!("POST {path}/remedies");
    let asked = async |who: &str| -> Vec<String> {
        w.settle().await;
        let page = w.ok(who, "GET /alerts", Value::Null).await;
        let items = page["items"].as_array().unwrap().iter();
        items.map(|alert| alert["kind"].as_str().unwrap().to_owned()).collect()
    };
    w.ok("wang", &line, json!({"remedy": "refund", "amount": 70_000})).await;
    assert_eq!(asked("li").await, [""; 0], "that is beyond what they may grant");
    w.ok("wang", &line, json!({"remedy": "refund", "amount": 50_000})).await;
    assert_eq!(asked("li").await, ["remedy_asked"]);
    assert_eq!(
        asked("chen").await,
        ["remedy_asked", "remedy_asked"],
        "managers are told of both, of each once"
    );
    assert_eq!(asked("wang").await, [""; 0], "nobody is told what they did themselves");
    // Who is recused hears nothing.
    let recused = json!({"role": "recused", "add": [w.li], "reason": "亲属"});
    w.ok("chen", &format!("POST {path}/people"), recused).await;
    w.ok("wang", &line, json!({"remedy": "refund", "amount": 40_000})).await;
    assert_eq!(asked("li").await, ["remedy_asked"]);
}

async fn the_list_of_remedies_becomes_a_table(db: TestDb) {
    let w = ready(db).await;
    w.at("09-20 10:30").await;
    let path = w.complaint("课程，闪退").await;
    let line = format!("POST {path}/remedies");
    let refund = json!({"remedy": "refund", "amount": 50_050, "note": "=退款"});
    let asked = w.ok("wang", &line, refund).await;
    w.ok("wang", &line, json!({"remedy": "apology"})).await;
    let export = "GET /case_remedy_export?format=csv";
    let (status, headers, bytes) = w.raw("chen", export, None, Value::Null).await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().contains("remedies-2026-09-20.csv"));
    let heading = "\u{FEFF}工单号,标题,补救措施,金额,币种,状态,说明,提出人,提出时间,审批人,审批时间,原因\r\n";
    let waits = "T-10001,\"课程，闪退\",退款,500.50,CNY,待批准,\"'=退款\",王芳,2026-09-20 10:30,,,\r\n";
    assert_eq!(
        String::from_utf8(bytes).unwrap().replace("课程，闪退,", "\"课程，闪退\","),
        format!("{heading}{waits}")
    );
    w.at("09-20 11:00").await;
    let refuse = format!("POST {path}/remedies/{}/refuse", asked["id"].as_str().unwrap());
    w.ok("chen", &refuse, json!({"reason": "超出标准"})).await;
    let (_, _, bytes) = w.raw("chen", &format!("{export}&state=refused"), None, Value::Null).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("陈主管,2026-09-20 11:00,超出标准\r\n"), "{text}");
    let (status, _, bytes) =
        w.raw("chen", "GET /case_remedy_export?format=xlsx&state=granted", None, Value::Null).await;
    assert!(status == 200 && bytes.starts_with(b"PK"));
    assert_eq!(w.refused("nobody", export, Value::Null).await.0, 403);
    let told = w.ctx.events_after(0, 10_000).await.unwrap();
    let exported: Vec<_> = told.iter().filter(|event| event.kind == "remedy_table.exported").collect();
    assert_eq!((exported.len(), &exported[0].data["rows"]), (3, &json!(1)));
}

on_both_engines!(
    tasks_of_all_cases_are_listed_by_what_is_due,
    what_waits_for_approval_says_who_may,
    whoever_may_approve_is_told_of_it_whatever_their_team,
    the_list_of_remedies_becomes_a_table,
    the_checklist_follows_the_plan,
    own_tasks_are_given_and_ended,
    a_case_goes_to_a_department_and_back,
    a_department_that_was_asked_to_help_can_get_the_whole_case,
    what_goes_beyond_authority_is_approved_by_another,
);
