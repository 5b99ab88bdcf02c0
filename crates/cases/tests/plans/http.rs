//! Plans as the console sees them, on both engines.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, request},
};
use futures_util::future::BoxFuture;
use heard_kernel::{Actor, Error, Result, codes};
use heard_testkit::{TestDb, on_both_engines};
use heard_web::{AppState, Authenticated, Authenticator, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::world::world;

on_both_engines!(
    the_active_plan_is_read_and_not_sent_twice,
    a_plan_is_made_changed_reviewed_and_activated,
    what_is_wrong_is_told_in_words,
    packs_and_laws_are_listed,
    evaluations_are_recorded,
);

/// Knows users by the name in `Authorization`.
struct Names(Vec<(&'static str, Actor)>);

impl Authenticator for Names {
    fn authenticate<'a>(&'a self, parts: &'a request::Parts) -> BoxFuture<'a, Result<Authenticated>> {
        let given = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
        let known = self.0.iter().find(|(name, _)| Some(*name) == given);
        let answer = match known {
            Some((_, actor)) => Ok(Authenticated { actor: actor.clone(), session: None }),
            None => Err(Error::new(codes::UNAUTHENTICATED)),
        };
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(&'a self, actor: &'a Actor) -> BoxFuture<'a, Result<Option<Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

struct Api {
    app: Router,
    _db: TestDb,
}

impl Api {
    async fn new(db: TestDb) -> Self {
        let w = world(&db).await;
        let names =
            vec![("writer", w.writer), ("manager", w.manager), ("admin", w.admin), ("reader", w.reader)];
        let state = AppState::new(w.ctx, Arc::new(Names(names)));
        Self { app: application(state, [heard_cases::routes()], Router::new()), _db: db }
    }

    async fn raw(
        &self,
        who: &str,
        line: &str,
        header: Option<(&str, String)>,
        body: Value,
    ) -> (u16, HeaderMap, Value) {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", who)
            .header("accept-language", "zh-CN")
            .header("content-type", "application/json");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let answer = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status.as_u16(), parts.headers, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn call(&self, who: &str, line: &str, version: Option<&Value>, body: Value) -> (u16, Value) {
        let header = version.map(|version| ("if-match", format!("\"{version}\"")));
        let (status, _, json) = self.raw(who, line, header, body).await;
        (status, json)
    }

    async fn ok(&self, who: &str, line: &str, version: Option<&Value>, body: Value) -> Value {
        let (status, json) = self.call(who, line, version, body).await;
        assert!((200..300).contains(&status), "{line}: {status} {json}");
        json
    }
}

async fn the_active_plan_is_read_and_not_sent_twice(db: TestDb) {
    let api = Api::new(db).await;
    let (status, headers, plan) = api.raw("reader", "GET /plan", None, Value::Null).await;
    assert_eq!((status, &plan["no"]), (200, &json!(1)));
    assert_eq!(plan["plan"]["case_types"].as_array().unwrap().len(), 7);
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let (status, _, body) = api.raw("reader", "GET /plan", Some(("if-none-match", tag)), Value::Null).await;
    assert_eq!((status, body), (304, Value::Null));
    assert_eq!(api.call("nobody", "GET /plan", None, Value::Null).await.0, 401);
}

async fn a_plan_is_made_changed_reviewed_and_activated(db: TestDb) {
    let api = Api::new(db).await;
    let made = api.ok("writer", "POST /plans", None, json!({"pack": "education"})).await;
    let (plan, version) = (&made["plan"], &made["versions"][0]);
    assert_eq!((&version["state"], &version["no"]), (&json!("draft"), &json!(1)));
    let path = format!("/plan_versions/{}", version["id"].as_str().unwrap());
    let view = api.ok("writer", &format!("GET {path}"), None, Value::Null).await;
    assert_eq!((&view["problems"], &view["steps"][0]["user"]["name"]), (&json!([]), &json!("李组长")));
    let mut content = view["content"].clone();
    content["closing"]["silent_days"] = json!(6);
    let patch = json!({"content": content, "note": "回访放宽"});
    let saved = api.ok("writer", &format!("PATCH {path}"), Some(&json!(1)), patch.clone()).await;
    assert_eq!(saved["info"]["version"], 2);
    let (status, conflict) = api.call("writer", &format!("PATCH {path}"), Some(&json!(1)), patch).await;
    assert_eq!((status, &conflict["params"]["current"]["info"]["version"]), (409, &json!(2)));
    let mut counter = json!(2);
    for (who, what) in [("writer", "submit"), ("manager", "approve"), ("manager", "activate")] {
        let line = format!("POST {path}/{what}");
        counter =
            api.ok(who, &line, Some(&counter), json!({"reason": what})).await["info"]["version"].clone();
    }
    let line = format!("PATCH /plans/{}", plan["id"].as_str().unwrap());
    let present = api.ok("reader", &line.replace("PATCH", "GET"), None, Value::Null).await;
    assert_eq!(present["plan"]["active_version_id"], version["id"]);
    api.ok("manager", &line, Some(&present["plan"]["version"]), json!({"is_default": true})).await;
    let active = api.ok("reader", "GET /plan", None, Value::Null).await;
    assert_eq!(
        (&active["version_id"], &active["plan"]["closing"]["silent_days"]),
        (&version["id"], &json!(6))
    );

    let line = format!("POST /plans/{}/versions", plan["id"].as_str().unwrap());
    let second = api.ok("writer", &line, None, json!({"note": "再放宽"})).await;
    assert_eq!((&second["info"]["no"], &second["info"]["based_on_id"]), (&json!(2), &version["id"]));
    let second = format!("/plan_versions/{}", second["info"]["id"].as_str().unwrap());
    let with_law = json!({"law_pack": "banking-insurance"});
    api.ok("writer", &format!("POST {second}/law_packs"), Some(&json!(1)), with_law).await;
    let line = format!("GET {second}/compare?with={}", version["id"].as_str().unwrap());
    let compared = api.ok("reader", &line, None, Value::Null).await;
    assert_eq!(compared["sections"][0]["section"], "clocks");
    assert_eq!(compared["sections"][0]["added"][0]["key"], "law-finance-decide");
    assert_eq!(api.call("writer", &format!("DELETE {second}"), None, Value::Null).await.0, 204);
    assert_eq!(api.call("reader", &format!("DELETE {path}"), None, Value::Null).await.0, 403);
}

async fn what_is_wrong_is_told_in_words(db: TestDb) {
    let api = Api::new(db).await;
    let active = api.ok("reader", "GET /plan", None, Value::Null).await;
    let mut content = active["plan"].clone();
    for department in content["departments"].as_array_mut().unwrap() {
        department["team_id"] = json!("01900000-0000-7000-8000-000000000001");
    }
    content["case_types"][0]["flow"] = json!("nothing");
    let line = "POST /plans/validate";
    let checked = api.ok("reader", line, None, json!({"content": content})).await;
    let problem = &checked["problems"][0];
    assert_eq!(
        (&problem["field"], &problem["code"]),
        (&json!("case_types[0].flow"), &json!("plan_reference_unknown"))
    );
    assert!(problem["message"].as_str().unwrap().contains("nothing"), "{problem}");
    assert_eq!(checked["hints"], json!([]));
    content["chains"] = json!({});
    let checked = api.ok("reader", line, None, json!({"content": content})).await;
    let hints: Vec<_> = checked["hints"].as_array().unwrap().iter().map(|hint| &hint["field"]).collect();
    assert_eq!(hints, ["chains.tasks", "chains.handovers"], "told, and nothing is filled in");
    content["case_types"][0]["flwo"] = json!("x");
    let (status, refused) = api.call("reader", line, None, json!({"content": content})).await;
    assert_eq!(status, 422, "{refused}");
    let (status, refused) = api.call("writer", "POST /plans", None, json!({"pack": "none"})).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (422, &json!("pack")));
}

async fn packs_and_laws_are_listed(db: TestDb) {
    let api = Api::new(db).await;
    let packs = api.ok("reader", "GET /plan_packs", None, Value::Null).await;
    let keys: Vec<_> = packs["items"].as_array().unwrap().iter().map(|pack| pack["key"].clone()).collect();
    assert_eq!(keys, ["general", "education", "app-store", "game"]);
    let game = api.ok("reader", "GET /plan_packs/game", None, Value::Null).await;
    assert_eq!(game["plan"]["flows"][0]["stages"].as_array().unwrap().len(), 7);
    assert_eq!(api.call("reader", "GET /plan_packs/none", None, Value::Null).await.0, 404);
    let laws = api.ok("reader", "GET /law_packs", None, Value::Null).await;
    assert_eq!(laws["items"][0]["clocks"][0]["enabled"], false);
}

async fn evaluations_are_recorded(db: TestDb) {
    let api = Api::new(db).await;
    let plans = api.ok("reader", "GET /plans", None, Value::Null).await;
    let line = format!("POST /plans/{}/evaluations", plans["items"][0]["id"].as_str().unwrap());
    let mut record = json!({"kind": "evaluation", "title": "第三季度评估", "period_from": "2026-07-01",
        "findings": {"purpose": "检查时限是否合适", "supervision": "审计部每月抽查"},
        "actions": [{"title": "晚间增加一班", "due_on": "2026-12-31", "done_on": "2026-12-01"},
            {"title": "补充话术", "done": true, "done_on": "2026-11-30"}]});
    let made = api.ok("writer", &line, None, record.clone()).await;
    assert_eq!((&made["open_actions"], &made["created_by"]["name"]), (&json!(1), &json!("李组长")));
    let days: Vec<&Value> =
        made["actions"].as_array().unwrap().iter().map(|action| &action["done_on"]).collect();
    assert_eq!(days, [&Value::Null, &json!("2026-11-30")], "what is open was not done on a day");
    record["actions"][0]["done"] = json!(true);
    let one = format!("/plan_evaluations/{}", made["id"].as_str().unwrap());
    let changed = api.ok("writer", &format!("PUT {one}"), Some(&json!(1)), record.clone()).await;
    assert_eq!((&changed["open_actions"], &changed["version"]), (&json!(0), &json!(2)));
    record["actions"][0]["due_on"] = json!("soon");
    let (status, refused) = api.call("writer", &format!("PUT {one}"), Some(&json!(2)), record).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (422, &json!("actions[0].due_on")));
    assert_eq!(api.call("reader", &format!("DELETE {one}"), None, Value::Null).await.0, 403);
    assert_eq!(api.call("writer", &format!("DELETE {one}"), None, Value::Null).await.0, 204);
    let list = api.ok("reader", &line.replace("POST", "GET"), None, Value::Null).await;
    assert_eq!(list["items"], json!([]));
}
