//! Wrong input gets a stable code.

use axum::body::Body;
use serde_json::json;

use crate::world::World;

const TOKEN: (&str, &str) = ("authorization", "Bearer token");
const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

async fn posted(body: impl Into<Body>) -> (u16, String, serde_json::Value) {
    let world = World::new().await;
    let got = world.send("POST /api/v1/things", &[TOKEN, JSON], body).await;
    (got.status, got.code(), got.json())
}

#[tokio::test]
async fn bodies_that_do_not_fit_are_refused_with_their_place() {
    for (body, status, code) in [
        ("{", 400, "malformed_json"),
        (r#"{"name":"a","nmae":"b"}"#, 422, "unknown_field"),
        (r#"{"name":1}"#, 422, "validation_failed"),
        ("{\"name\":\"\\u0000\"}", 400, "invalid_character"),
        ("{\"name\":\"\\ud800\"}", 400, "invalid_character"),
    ] {
        let got = posted(body).await;
        assert_eq!((got.0, got.1.as_str()), (status, code), "{body}");
    }
    let (_, _, body) = posted(r#"{"name":"a","count":"many"}"#).await;
    assert_eq!(
        body["errors"],
        json!([{"field": "count", "code": "wrong_type", "message": "应为：integer。", "params": {"expected": "integer"}}])
    );
}

#[tokio::test]
async fn large_bodies_are_refused_early_or_late() {
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(10 * 1024 * 1024));
    let got = posted(large.clone()).await;
    assert_eq!((got.0, got.1.as_str()), (413, "body_too_large"));
    assert_eq!(got.2["params"]["limit"], 1024 * 1024);
    let pieces = large
        .into_bytes()
        .chunks(60_000)
        .map(<[u8]>::to_vec)
        .map(Ok::<_, std::io::Error>)
        .collect::<Vec<_>>();
    let got = posted(Body::from_stream(futures_util::stream::iter(pieces))).await;
    assert_eq!((got.0, got.1.as_str()), (413, "body_too_large"));
    let broken = [Ok("{".to_owned()), Err(std::io::Error::other("reset"))];
    let got = posted(Body::from_stream(futures_util::stream::iter(broken))).await;
    assert_eq!((got.0, got.1.as_str()), (400, "body_incomplete"));
}

#[tokio::test]
async fn the_same_request_has_the_same_fingerprint() {
    let world = World::new().await;
    let key = ("idempotency-key", "order-1");
    let got = world.send("POST /api/v1/things", &[TOKEN, JSON, key], r#"{"name":"a"}"#).await;
    assert_eq!(got.json()["key"], "order-1/64");
    let key = ("idempotency-key", "bad key");
    let got = world.send("POST /api/v1/things", &[TOKEN, JSON, key], r#"{"name":"a"}"#).await;
    assert_eq!(got.code(), "idempotency_key_invalid");
}

#[tokio::test]
async fn other_parts_of_a_request_are_checked_too() {
    let world = World::new().await;
    let got = world.send("POST /api/v1/things", &[TOKEN], r#"{"name":"a"}"#).await;
    assert_eq!((got.status, got.code().as_str()), (415, "content_type_unsupported"));
    let got = world.send("PATCH /api/v1/things/7", &[TOKEN, JSON], "{}").await;
    assert_eq!(got.code(), "not_found");
    let path = "PATCH /api/v1/things/00000000-0000-0000-0000-000000000001";
    assert_eq!(world.send(path, &[TOKEN, JSON], "{}").await.code(), "precondition_required");
    let got = world.send("GET /api/v1/things?limit=x", &[], "").await;
    assert_eq!(
        (got.code().as_str(), &got.json()["errors"][0]["field"]),
        ("validation_failed", &json!("limit"))
    );
    for wrong in ["-1", "0", "1.5", ""] {
        let got = world.send(&format!("GET /api/v1/things?limit={wrong}"), &[], "").await;
        assert_eq!((got.status, &got.json()["errors"][0]["code"]), (422, &json!("out_of_range")), "{wrong}");
    }
    assert_eq!(world.send("GET /api/v1/things?cursor=%00", &[], "").await.code(), "invalid_character");
}
