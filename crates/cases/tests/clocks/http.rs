//! Clocks and promises over HTTP.

use heard_cases::clocks::ClockTerms;
use heard_kernel::clock_policy::Limit;
use serde_json::{Value, json};

use crate::{
    api::Api,
    world::{at, minutes},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_says_why() {
    let api = Api::new().await;
    let terms = ClockTerms { extensions: vec![Limit::WorkingMinutes { minutes: 240 }], ..minutes(120) };
    let clock = api.start(terms, at("09-18 16:30")).await;
    let path = format!("/clocks/{clock}");
    let (status, shown) = api.call("wang", &format!("GET {path}"), Value::Null).await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!(shown["assessment"]["due"], "2026-09-20T01:30:00.000Z", "the Sunday is worked");
    assert_eq!(shown["calendar"], "cn-workday");
    assert_eq!(shown["outcome"]["counted"].as_array().unwrap().len(), 2);
    assert_eq!(shown["history"][0]["what"], "started");
    assert!(shown["words"].as_array().unwrap().iter().any(|line| line.as_str().unwrap().contains("调休")));
    assert_eq!(api.call("nobody", &format!("GET {path}"), Value::Null).await.0, 403);
    assert_eq!(api.call("li", &format!("GET {path}"), Value::Null).await.0, 404, "it is another's");

    let extend = format!("POST {path}/extend");
    assert_eq!(api.call("wang", &extend, json!({"reason": "x"})).await.0, 403);
    assert_eq!(api.call("boss", &extend, json!({"reason": " "})).await.0, 422);
    let (status, shown) = api.call("boss", &extend, json!({"reason": "等待专家意见"})).await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!(shown["assessment"]["due"], "2026-09-20T03:30:00.000Z");
    let fact = &shown["history"][1];
    assert_eq!((&fact["what"], &fact["reason"]), (&json!("extended"), &json!("等待专家意见")));
    assert_eq!(fact["user"]["name"], "陈主管");
    assert_eq!(fact["former_due_at"], "2026-09-20T01:30:00.000Z");
    let (status, refused) = api.call("boss", &extend, json!({"reason": "again"})).await;
    assert_eq!((status, &refused["code"]), (409, &json!("clock_not_extendable")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_without_arrangement_is_doubted() {
    let api = Api::new().await;
    let clock = api.start(minutes(60 * 8 * 120), at("09-18 16:30")).await;
    let (_, shown) = api.call("wang", &format!("GET /clocks/{clock}"), Value::Null).await;
    let doubts = shown["assessment"]["doubts"].to_string();
    assert!(doubts.contains("year_without_arrangement") && doubts.contains("2027"), "{doubts}");
    assert!(shown["words"].to_string().contains("2027"), "{}", shown["words"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn promises_are_kept_broken_or_withdrawn() {
    let api = Api::new().await;
    let promise = json!({"body": "三个工作日内退款", "limit": {"unit": "working_days", "days": 3}});
    let (status, made) = api.call("wang", "POST /promises", promise.clone()).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["clock"]["assessment"]["due"], "2026-09-22T08:30:00.000Z");
    assert_eq!((&made["state"], &made["owner"]["name"]), (&json!("open"), &json!("王芳")));
    let path = format!("/promises/{}", made["id"].as_str().unwrap());
    assert_eq!(api.call("li", &format!("GET {path}"), Value::Null).await.0, 404, "it is another's");
    let (_, kept) = api.call("wang", &format!("POST {path}/keep"), Value::Null).await;
    assert_eq!((&kept["state"], &kept["clock"]["assessment"]["state"]), (&json!("kept"), &json!("met")));
    let (status, refused) = api.call("wang", &format!("POST {path}/keep"), Value::Null).await;
    assert_eq!((status, &refused["code"]), (409, &json!("promise_settled")));
    assert_eq!(api.call("li", &format!("POST {path}/reopen"), Value::Null).await.0, 404);
    let (status, open) = api.call("wang", &format!("POST {path}/reopen"), Value::Null).await;
    assert_eq!((status, &open["state"], &open["done_at"]), (200, &json!("open"), &Value::Null));
    assert_eq!(open["clock"]["assessment"]["due"], made["clock"]["assessment"]["due"], "its clock goes on");
    assert_eq!(open["clock"]["assessment"]["state"], made["clock"]["assessment"]["state"]);
    let (status, refused) = api.call("wang", &format!("POST {path}/reopen"), Value::Null).await;
    assert_eq!((status, &refused["code"]), (409, &json!("promise_not_done")));
    api.call("wang", &format!("POST {path}/keep"), Value::Null).await;

    let (_, late) = api.call("wang", "POST /promises", promise.clone()).await;
    let late = format!("/promises/{}", late["id"].as_str().unwrap());
    api.w.at("09-22 16:31").await;
    let (_, broken) = api.call("wang", &format!("GET {late}"), Value::Null).await;
    assert_eq!(broken["state"], "broken");
    let (_, done) = api.call("wang", &format!("POST {late}/keep"), Value::Null).await;
    assert_eq!((&done["state"], done["done_at"].is_null()), (&json!("broken"), false), "late is late");
    let (_, again) = api.call("wang", &format!("POST {late}/reopen"), Value::Null).await;
    assert_eq!((&again["state"], again["done_at"].is_null()), (&json!("broken"), true));
    api.call("wang", &format!("POST {late}/keep"), Value::Null).await;

    let (_, other) = api.call("boss", "POST /promises", json!({"body": "回电", "owner_id": api.wang, "limit": {"unit": "instant", "at": at("09-23 10:00")}})).await;
    let other = format!("/promises/{}", other["id"].as_str().unwrap());
    assert_eq!(api.call("wang", &format!("POST {other}/withdraw"), json!({"reason": ""})).await.0, 422);
    let (_, back) = api.call("wang", &format!("POST {other}/withdraw"), json!({"reason": "客户撤诉"})).await;
    assert_eq!((&back["state"], &back["reason"]), (&json!("withdrawn"), &json!("客户撤诉")));
    let (_, own) = api.call("wang", "GET /promises", Value::Null).await;
    assert_eq!(own["items"].as_array().unwrap().len(), 3);
    let (_, none) = api.call("li", "GET /promises", Value::Null).await;
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    let (_, all) = api.call("boss", "GET /promises?state=broken", Value::Null).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    let told: Vec<_> =
        api.w.ctx.events_after(0, 1_000).await.unwrap().into_iter().map(|event| event.kind).collect();
    assert_eq!(told.iter().filter(|kind| *kind == "promise.broken").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_names_what_is_wrong() {
    let api = Api::new().await;
    let limit = json!({"unit": "calendar_minutes", "minutes": 60});
    let nobody = json!({"body": "x", "limit": limit, "owner_id": "00000000-0000-7000-8000-000000000001"});
    for (who, body, expected) in [
        ("nobody", json!({"body": "x", "limit": limit}), (403, "forbidden")),
        ("wang", json!({"body": "  ", "limit": limit}), (422, "required")),
        ("wang", nobody, (422, "promise_owner_unknown")),
        (
            "wang",
            json!({"body": "x", "limit": {"unit": "calendar_minutes", "minutes": -1}}),
            (422, "clock_amount_invalid"),
        ),
    ] {
        let (status, answer) = api.call(who, "POST /promises", body).await;
        let code = answer["errors"][0]["code"].as_str().or(answer["code"].as_str());
        assert_eq!((status, code), (expected.0, Some(expected.1)), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_move_with_their_calendar() {
    let api = Api::new().await;
    api.w.at("12-31 16:30").await;
    let clock = api.start(minutes(120), at("12-31 16:30")).await;
    let path = format!("GET /clocks/{clock}");
    let (_, before) = api.call("boss", &path, Value::Null).await;
    assert_eq!(before["assessment"]["due"], "2027-01-01T01:30:00.000Z", "a Friday like any other");
    let text =
        "[[year]]\nyear = 2027\nrest = [{ name = \"new_year\", from = \"2027-01-01\", to = \"2027-01-03\" }]";
    let (status, loaded) =
        api.call("boss", "POST /arrangements", json!({"region": "cn", "text": text})).await;
    assert_eq!(status, 201, "{loaded}");
    api.w.spine.settle().await.unwrap();
    let (_, after) = api.call("boss", &path, Value::Null).await;
    assert_eq!(after["assessment"]["due"], "2027-01-04T01:30:00.000Z");
    assert_eq!(after["assessment"]["doubts"], json!([]));
    assert_eq!(after["history"][1]["what"], "moved");
    assert_eq!(after["history"][1]["former_due_at"], "2027-01-01T01:30:00.000Z");
    api.w.db.clock.set(at("12-31 16:30").plus_seconds(4 * 86_400));
    api.w.spine.settle().await.unwrap();
    let told = api.w.told().await;
    assert_eq!(
        told,
        [
            "started 12-31 16:30",
            "moved",
            "warned 50 12-31 17:30",
            "warned 80 01-04 09:06",
            "breached 01-04 09:30"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_that_clocks_run_by_is_changed_but_not_deleted() {
    let api = Api::new().await;
    let shop =
        |spans: &str| json!({"name": "shop", "time_zone": "Asia/Shanghai", "week": {"mon-sun": [spans]}});
    let (status, made) = api.call("boss", "POST /calendars", shop("09:00-20:00")).await;
    assert_eq!(status, 201, "{made}");
    let terms = ClockTerms { calendar: Some("shop".to_owned()), ..minutes(240) };
    let clock = api.start(terms, at("09-18 16:30")).await;
    let (status, refused) = api.call("boss", "DELETE /calendars/shop", Value::Null).await;
    assert_eq!((status, &refused["code"]), (409, &json!("calendar_in_use")));
    let (status, changed) = api.call("boss", "PUT /calendars/shop", shop("09:00-17:00")).await;
    assert_eq!(status, 200, "{changed}");
    api.w.spine.settle().await.unwrap();
    assert_eq!(api.w.told().await.last().unwrap(), "moved");
    let (_, shown) = api.call("boss", &format!("GET /clocks/{clock}"), Value::Null).await;
    assert_eq!(shown["assessment"]["due"], "2026-09-19T04:30:00.000Z");
    let (_, back) = api.call("boss", &format!("GET /clocks/{clock}"), Value::Null).await;
    assert_eq!(back, shown, "looking changes nothing");
}
