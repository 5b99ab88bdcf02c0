//! What every answer has in common.

use axum::{
    extract::{ConnectInfo, Request},
    http::header,
};
use serde_json::json;

use crate::world::World;

const TOKEN: (&str, &str) = ("authorization", "Bearer token");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn a_problem_is_translated_and_names_its_request() {
    let world = World::new().await;
    let got = world.send("GET /api/v1/nothing", &[("accept-language", "en")], "").await;
    assert_eq!(got.status, 404);
    assert_eq!(got.headers["content-type"], "application/problem+json");
    let mut body = got.json();
    assert_eq!(body["request_id"], got.headers["x-request-id"].to_str().unwrap());
    body["request_id"] = json!("…");
    insta::assert_json_snapshot!(body, @r#"
    {
      "code": "not_found",
      "detail": "It may have been deleted, or you may not have the right to see it. Go back to the list and refresh.",
      "params": {},
      "request_id": "…",
      "status": 404,
      "title": "Not found",
      "type": "urn:heard:problem:not_found"
    }
    "#);
    let got = world.send("GET /api/v1/nothing", &[], "").await;
    assert_eq!(got.json()["title"], "没有找到");
    world.state.site.set_locale(heard_kernel::Locale::En);
    assert_eq!(world.send("GET /api/v1/nothing", &[], "").await.json()["title"], "Not found");
}

#[tokio::test]
async fn a_defect_is_told_without_its_words() {
    let world = World::new().await;
    let got = world.send("GET /api/v1/defect", &[], "").await;
    assert_eq!((got.status, got.code().as_str()), (500, "internal"));
    assert!(!got.text.contains("hunter2"));
    assert!(world.metrics().await.contains("heard_http_panics_total 1"));
}

#[tokio::test]
async fn a_full_queue_says_when_to_come_again() {
    let world = World::new().await;
    let got = world.send("GET /api/v1/busy", &[], "").await;
    assert_eq!((got.status, got.code().as_str()), (503, "overloaded"));
    assert_eq!(got.headers[header::RETRY_AFTER], "2");
    assert!(!got.text.contains("256"));
}

#[tokio::test]
async fn refusals_of_the_framework_are_problems_too() {
    let world = World::new().await;
    let got = world.send("DELETE /api/v1/busy", &[], "").await;
    assert_eq!((got.status, got.code().as_str()), (405, "method_not_allowed"));
    assert!(got.headers.contains_key(header::ALLOW));
}

#[tokio::test]
async fn browsers_are_told_to_be_careful() {
    let world = World::new().await;
    let got = world.send("GET /api/v1/things", &[], "").await;
    assert_eq!(got.status, 200);
    assert_eq!(got.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(got.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(got.headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; frame-ancestors 'none'");
}

#[tokio::test]
async fn long_answers_are_compressed() {
    let world = World::new().await;
    let zipped = [("accept-encoding", "gzip, br")];
    let got = world.send("GET /api/v1/things?limit=200", &zipped, "").await;
    assert_eq!(got.headers[header::CONTENT_ENCODING], "br");
    let got = world.send("GET /api/v1/things?limit=1", &zipped, "").await;
    assert!(!got.headers.contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn changing_calls_by_cookie_need_the_sessions_token() {
    let world = World::new().await;
    let cookie = ("cookie", "heard_session=good");
    let body = r#"{"name":"a"}"#;
    let got = world.send("POST /api/v1/things", &[cookie, JSON], body).await;
    assert_eq!((got.status, got.code().as_str()), (403, "csrf_failed"));
    let got = world.send("POST /api/v1/things", &[cookie, JSON, ("x-csrf-token", "c6")], body).await;
    assert_eq!(got.code(), "csrf_failed");
    let got = world.send("POST /api/v1/things", &[cookie, JSON, ("x-csrf-token", "c5")], body).await;
    assert_eq!(got.status, 201);
    let got = world.send("POST /api/v1/things", &[TOKEN, JSON], body).await;
    assert_eq!(got.status, 201);
    let got = world.send("POST /api/v1/things", &[JSON], body).await;
    assert_eq!((got.status, got.code().as_str()), (401, "unauthenticated"));
    assert!(world.send("GET /api/v1/things", &[cookie], "").await.text.contains("user at"));
    assert!(world.send("GET /api/v1/things", &[], "").await.text.contains("nobody at"));
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let world = World::new().await;
    let path = "PATCH /api/v1/things/00000000-0000-0000-0000-000000000001";
    let got = world
        .send(path, &[TOKEN, JSON, ("if-match", "\"1\""), ("accept-language", "en")], r#"{"name":"a"}"#)
        .await;
    assert_eq!((got.status, got.code().as_str()), (403, "forbidden"));
    assert_eq!(got.json()["params"], json!({"right": "thing.manage"}));
    assert!(got.json()["detail"].as_str().unwrap().contains("thing.manage"));
}

#[tokio::test]
async fn the_process_tells_whether_it_can_work() {
    let world = World::new().await;
    assert_eq!(world.send("GET /healthz", &[], "").await.status, 200);
    assert_eq!(world.send("GET /readyz", &[], "").await.json()["ok"], json!(true));
    world.state.health.drain();
    assert_eq!(world.send("GET /readyz", &[], "").await.status, 503);
    assert_eq!(world.send("GET /metrics", &[], "").await.status, 401);
    world.send("GET /api/v1/things?limit=1", &[], "").await;
    let metrics = world.metrics().await;
    let line = r#"heard_http_requests_total{method="GET",route="/api/v1/things",status="200"} 1"#;
    assert!(metrics.contains(line), "{metrics}");
    assert!(metrics.contains("heard_jobs{state=\"queued\"} 0"), "{metrics}");
}

impl World {
    /// The counters, read from this machine.
    async fn metrics(&self) -> String {
        let mut request = Request::new(axum::body::Body::empty());
        *request.uri_mut() = "/metrics".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 9))));
        self.call(request).await.text
    }
}

#[tokio::test]
async fn the_description_knows_every_call_and_its_problems() {
    let world = World::new().await;
    let got = world.send("GET /api/v1/openapi.json", &[], "").await;
    let document = got.json();
    assert_eq!(document["openapi"], "3.1.0");
    let create = &document["paths"]["/api/v1/things"]["post"];
    assert_eq!(create["responses"]["default"]["$ref"], "#/components/responses/Problem");
    assert!(document["components"]["schemas"]["Problem"]["properties"]["code"].is_object());
    assert!(document["components"]["schemas"]["FieldProblem"].is_object());
    let text = heard_web::openapi([crate::world::routes()]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), document);
}
