//! What is archived is locked until it is opened again, and nothing promised is lost by archiving.

use heard_desk::inbound::Destination;
use heard_platform::rights::BuiltIn;
use heard_store::params;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    teamwork::hold,
    world::{World, world},
};

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

async fn archive(w: &World, path: &str) {
    w.ok("wang", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
}

async fn promise(w: &World, path: &str) -> String {
    let limit = json!({"unit": "working_days", "days": 3, "mode": "same_time"});
    let body = json!({"body": "三天内退款", "limit": limit, "case_id": id(path)});
    w.ok("wang", "POST /promises", body).await["id"].as_str().unwrap().to_owned()
}

async fn the_record_of_an_archived_case_is_locked(db: TestDb) {
    let w = world(db).await;
    let (path, other) = (w.complaint("课程闪退").await, w.complaint("又闪退").await);
    let conversation = w.writes(Destination::New, "闪退").await;
    let spare = w.writes(Destination::New, "在吗").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let file = w.upload("wang", "a.txt", b"hello").await;
    let piece = w.ok("wang", &format!("POST {path}/evidence"), json!({"attachment_id": file})).await;
    let piece = piece["evidence"][0]["id"].as_str().unwrap().to_owned();
    let link = json!({"other_id": id(&other), "kind": "related"});
    let related = w.ok("wang", &format!("POST {path}/links"), link.clone()).await;
    let link_id = related["links"][0]["link"]["id"].as_str().unwrap().to_owned();
    let task = w.ok("wang", &format!("POST {path}/tasks"), json!({"title": "回电话"})).await;
    let more = w.upload("wang", "b.txt", b"again").await;
    archive(&w, &path).await;
    let limit = json!({"unit": "working_days", "days": 3, "mode": "same_time"});
    let refused = [
        (format!("POST {path}/classification"), json!({"severity_key": "severe"})),
        (format!("POST {path}/tags"), json!({"add": []})),
        (format!("POST {path}/evidence"), json!({"attachment_id": more})),
        (format!("POST {path}/evidence/{piece}/remove"), json!({"reason": "弄错了"})),
        (format!("POST {path}/conversations"), json!({"conversation_id": spare})),
        (format!("DELETE {path}/conversations/{conversation}"), Value::Null),
        (format!("POST {path}/links"), link),
        (format!("DELETE {path}/links/{link_id}"), Value::Null),
        (format!("POST {path}/merge"), json!({"into": id(&other)})),
        (format!("POST {path}/tasks"), json!({"title": "再回电话"})),
        (format!("POST {path}/tasks/{}/done", task["id"].as_str().unwrap()), json!({"outcome": "已回"})),
        (format!("POST {path}/people"), json!({"role": "participant", "add": [w.li]})),
        (format!("POST {path}/teams"), json!({"add": [w.products]})),
        (format!("POST {path}/take"), Value::Null),
        ("POST /promises".to_owned(), json!({"body": "退款", "limit": limit, "case_id": id(&path)})),
    ];
    for (line, body) in refused {
        assert_eq!(w.refused("wang", &line, body).await, (409, "case_archived".to_owned()), "{line}");
    }
    let version = w.case(&path).await["version"].as_i64();
    let (status, answer) = w.call("wang", &format!("PATCH {path}"), version, json!({"facts": "改写"})).await;
    assert_eq!((status, &answer["code"]), (409, &json!("case_archived")), "{answer}");
    let group = json!({"title": "群诉", "case_ids": [id(&path), id(&other)]});
    assert_eq!(w.refused("chen", "POST /case_groups", group).await.1, "case_archived");
    let case = w.case(&path).await;
    assert_eq!(
        (&case["record"]["facts"], &case["evidence"][0]["removed_at"]),
        (&json!("点开课程就闪退"), &Value::Null)
    );
}

async fn what_stays_possible_with_an_archived_case(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let made = promise(&w, &path).await;
    let body = json!({"outcome": "withdrawn", "reason": "撤回", "promises_go_on": true});
    w.ok("wang", &format!("POST {path}/archive"), body).await;
    w.ok("wang", &format!("PUT {path}/watch"), Value::Null).await;
    w.ok("wang", &format!("POST {path}/people"), json!({"role": "watcher", "add": [w.li]})).await;
    let recuse = json!({"role": "recused", "add": [w.li], "reason": "亲属"});
    w.ok("chen", &format!("POST {path}/people"), recuse).await;
    assert_eq!(w.raw("chen", &format!("GET {path}/dossier"), None, Value::Null).await.0, 200);
    w.ok("wang", &format!("POST /promises/{made}/keep"), Value::Null).await;
    // An open case can refer to it, and it can be opened again and then changed.
    let later = w.complaint("又闪退").await;
    w.ok("wang", &format!("POST {later}/links"), json!({"other_id": id(&path), "kind": "related"})).await;
    w.ok("wang", &format!("POST {path}/reopen"), json!({"reason": "客户说没有解决"})).await;
    let version = w.case(&path).await["version"].as_i64();
    let (status, changed) =
        w.call("wang", &format!("PATCH {path}"), version, json!({"facts": "又闪退"})).await;
    assert_eq!((status, &changed["record"]["facts"]), (200, &json!("又闪退")));
}

async fn archiving_names_promises_that_are_open(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let made = promise(&w, &path).await;
    let line = format!("POST {path}/archive");
    let wish = json!({"outcome": "withdrawn", "reason": "撤回"});
    let (status, answer) = w.call("wang", &line, None, wish.clone()).await;
    assert_eq!((status, &answer["code"]), (409, &json!("case_promises_open")));
    assert_eq!(answer["params"]["promise_ids"], json!([made]), "{answer}");
    assert!(answer["detail"].as_str().unwrap().contains("三天内退款"), "{answer}");
    assert_ne!(w.case(&path).await["state"], "archived");
    w.ok("wang", &format!("POST /promises/{made}/keep"), Value::Null).await;
    w.ok("wang", &line, wish).await;
    // Of many, those with promises stay, and each says why.
    let (free, bound) = (w.complaint("一").await, w.complaint("二").await);
    promise(&w, &bound).await;
    let bulk = |go_on: bool| {
        let action = json!({"do": "archive", "outcome": "solved", "reason": "清理", "promises_go_on": go_on});
        json!({"ids": [id(&free), id(&bound)], "action": action})
    };
    let done = w.ok("chen", "POST /case_bulk", bulk(false)).await;
    let of = |done: &Value, path: &str| {
        done["items"].as_array().unwrap().iter().find(|item| item["id"] == json!(id(path))).unwrap().clone()
    };
    assert_eq!(of(&done, &free)["done"], true);
    assert_eq!(of(&done, &bound)["code"], "case_promises_open");
    assert!(of(&done, &bound)["message"].as_str().unwrap().contains("三天内退款"), "{done}");
    assert_eq!(of(&w.ok("chen", "POST /case_bulk", bulk(true)).await, &bound)["done"], true);
}

/// The small plan with a last stage that may be left out.
async fn last_may_be_left_out(w: &World) {
    let mut plan = crate::plan::plan(w.products);
    for flow in &mut plan.flows {
        if let Some(last) = flow.stages.last_mut() {
            last.optional = true;
            last.needs.clear();
        }
    }
    let actor = heard_kernel::Actor::system();
    w.ctx.tx(&actor, async move |tx| crate::world::store_plan(tx, &plan).await).await.unwrap();
}

async fn leaving_out_the_last_stage_names_promises_that_are_open(db: TestDb) {
    let w = world(db).await;
    last_may_be_left_out(&w).await;
    let path = w.complaint("课程闪退").await;
    let made = promise(&w, &path).await;
    let uuid: uuid::Uuid = id(&path).parse().unwrap();
    let system = heard_kernel::Actor::system();
    let sql = "UPDATE cases SET stage_key = 'archive', stage_kind = 'archive' WHERE id = $1";
    w.ctx.tx(&system, async move |tx| tx.execute(sql, &params![uuid]).await.map(drop)).await.unwrap();
    let line = format!("POST {path}/skip_stage");
    let skip = json!({"stage_key": "archive", "reason": "无需"});
    let (status, answer) = w.call("wang", &line, None, skip.clone()).await;
    assert_eq!((status, &answer["code"]), (409, &json!("case_promises_open")), "{answer}");
    assert_eq!(answer["params"]["promise_ids"], json!([made]));
    assert_eq!(w.case(&path).await["stage"]["key"], "archive", "nothing of it was done");
    let mut nevertheless = skip;
    nevertheless["promises_go_on"] = json!(true);
    assert_eq!(w.ok("wang", &line, nevertheless).await["state"], "archived");
    w.ok("wang", &format!("POST /promises/{made}/keep"), Value::Null).await;
}

async fn a_team_that_has_the_case_is_not_one_that_helps(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/teams"), json!({"add": [w.products]})).await;
    assert_eq!(w.case(&path).await["joint_teams"][0]["name"], "产品部");
    let case = w.ok("chen", &format!("POST {path}/assign"), json!({"team_id": w.products})).await;
    assert_eq!((&case["team"]["name"], &case["joint_teams"]), (&json!("产品部"), &json!([])));
}

/// Chen leads the team of Wang.
async fn lead(w: &World) {
    let chen = w.chen;
    let system = heard_kernel::Actor::system();
    w.ctx
        .tx(&system, async move |tx| {
            let sql = "UPDATE teams SET lead_id = $1 WHERE name = '客服组'";
            tx.execute(sql, &params![chen]).await.map(drop)
        })
        .await
        .unwrap();
}

async fn a_promise_without_a_case_is_told_of(db: TestDb) {
    let w = world(db).await;
    lead(&w).await;
    let conversation = w.writes(Destination::New, "什么时候退款").await;
    let limit = json!({"unit": "calendar_minutes", "minutes": 100});
    let body = json!({"body": "今天退款", "limit": limit, "conversation_id": conversation});
    w.ok("wang", "POST /promises", body).await;
    let told = async |who: &str| -> Vec<Value> {
        w.ok(who, "GET /alerts", Value::Null).await["items"].as_array().unwrap().clone()
    };
    w.at("09-18 17:20").await;
    assert!(told("wang").await.is_empty());
    w.at("09-18 17:50").await;
    let near = told("wang").await;
    assert_eq!(near[0]["text"], "对客户的承诺即将到期：会话 #1（今天退款）");
    assert_eq!((&near[0]["case_id"], &near[0]["conversation_id"]), (&Value::Null, &json!(conversation)));
    assert!(told("chen").await.is_empty());
    w.at("09-18 18:11").await;
    assert_eq!(told("wang").await[0]["text"], "对客户的承诺没有按时兑现：会话 #1（今天退款）");
    assert_eq!(told("chen").await[0]["kind"], "promise_broken", "whoever leads the owner's team");
    w.at("09-19 18:10").await;
    assert_eq!((told("wang").await.len(), told("chen").await.len()), (2, 1), "nothing twice");
}

async fn managers_are_told_when_nobody_leads(db: TestDb) {
    let w = world(db).await;
    hold(&w, w.li, BuiltIn::Manager).await;
    let limit = json!({"unit": "calendar_minutes", "minutes": 100});
    w.ok("wang", "POST /promises", json!({"body": "今天退款", "limit": limit})).await;
    w.at("09-18 18:30").await;
    let page = w.ok("li", "GET /alerts", Value::Null).await;
    assert_eq!(page["items"][0]["text"], "对客户的承诺没有按时兑现：今天退款");
}

on_both_engines!(
    the_record_of_an_archived_case_is_locked,
    what_stays_possible_with_an_archived_case,
    archiving_names_promises_that_are_open,
    leaving_out_the_last_stage_names_promises_that_are_open,
    a_team_that_has_the_case_is_not_one_that_helps,
    a_promise_without_a_case_is_told_of,
    managers_are_told_when_nobody_leads,
);
