//! The customer's progress page.

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use heard_desk::inbound::Destination;
use heard_testkit::{TestDb, on_both_engines};
use heard_web::{AppState, application};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::{
    flow::to_be_told,
    notices::ready,
    world::{World, world},
};

/// Sends something to the page as a browser without scripts does.
async fn browse(w: &World, line: &str, kind: &str, body: &str) -> (u16, String, String) {
    let (method, uri) = line.split_once(' ').unwrap();
    let state = AppState::new(w.ctx.clone(), std::sync::Arc::new(Strangers));
    let app = application(state, [], heard_cases::pages());
    let request = Request::builder()
        .method(method)
        .uri(uri)
        .header("accept-language", "zh-CN")
        .header("content-type", kind)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = format!("{} {}", header("content-security-policy"), header("location"));
    let text = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), told, String::from_utf8_lossy(&text).into_owned())
}

/// Knows nobody: the page needs no account.
struct Strangers;

impl heard_web::Authenticator for Strangers {
    fn authenticate<'a>(
        &'a self,
        _: &'a axum::http::request::Parts,
    ) -> futures_util::future::BoxFuture<'a, heard_kernel::Result<heard_web::Authenticated>> {
        let answer = Err(heard_kernel::Error::new(heard_kernel::codes::UNAUTHENTICATED));
        Box::pin(std::future::ready(answer))
    }

    fn refresh<'a>(
        &'a self,
        actor: &'a heard_kernel::Actor,
    ) -> futures_util::future::BoxFuture<'a, heard_kernel::Result<Option<heard_kernel::Actor>>> {
        Box::pin(std::future::ready(Ok(Some(actor.clone()))))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

async fn link(w: &World, path: &str) -> (String, String) {
    let made = w.ok("wang", &format!("POST {path}/progress_links"), json!({})).await;
    let url = made["url"].as_str().unwrap();
    (url[url.find("/progress/").unwrap()..].to_owned(), made["id"].as_str().unwrap().to_owned())
}

async fn alerts(w: &World) -> Vec<String> {
    let page = w.ok("wang", "GET /alerts", Value::Null).await;
    page["items"].as_array().unwrap().iter().map(|alert| alert["kind"].as_str().unwrap().to_owned()).collect()
}

async fn customers_see_add_and_rate(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "课程<闪退>").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "customer", "note": "等截图"})).await;
    let (page, _) = link(&w, &path).await;
    let (status, told, html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert_eq!(status, 200, "{html}");
    assert!(told.starts_with("default-src 'none'"), "{told}");
    assert!(
        html.contains("T-10001") && html.contains("课程&lt;闪退&gt;") && html.contains("正在等待您"),
        "{html}"
    );
    assert!(
        !html.contains("王芳") && !html.contains("点开课程就闪退") && !html.contains("<script"),
        "{html}"
    );
    w.at("09-18 16:40").await;
    let form = "--x\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n截图如下\r\n--x\r\n\
                Content-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nlog line\r\n--x--\r\n";
    let (status, told, _) =
        browse(&w, &format!("POST {page}/words"), "multipart/form-data; boundary=x", form).await;
    assert_eq!(status, 303);
    assert!(told.ends_with("done=words"), "{told}");
    w.settle().await;
    let case = w.case(&path).await;
    assert_eq!((&case["state"], &case["evidence"][0]["given_by"]), (&json!("open"), &json!("customer")));
    let said = w.ok("wang", &format!("GET /conversations/{conversation}/messages"), Value::Null).await;
    assert!(said["items"].to_string().contains("截图如下"), "{said}");
    let raw = w.ok("wang", &format!("GET {path}/progress_inputs"), Value::Null).await;
    assert_eq!(
        (&raw["items"][0]["body"], &raw["items"][0]["file_names"]),
        (&json!("截图如下"), &json!(["a.txt"]))
    );
    let file =
        "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nlog line\r\n";
    let many = form.replace("截图如下", "写了很久的<话>").replacen(file, &file.repeat(6), 1);
    let (status, _, html) =
        browse(&w, &format!("POST {page}/words"), "multipart/form-data; boundary=x", &many).await;
    assert_eq!((status, html.contains("写了很久的&lt;话&gt;</textarea>")), (422, true), "{html}");
    let (status, ..) = browse(&w, &format!("POST {page}/rating"), FORM, "score=4&why=ok").await;
    assert_eq!((status, &w.case(&path).await["satisfaction"]), (303, &json!(4)));
    w.settle().await;
    assert!(!alerts(&w).await.contains(&"low_rating".to_owned()), "who is satisfied needs nobody");
    browse(&w, &format!("POST {page}/rating"), FORM, "score=2&why=slow").await;
    w.settle().await;
    assert!(alerts(&w).await.contains(&"low_rating".to_owned()), "whoever is responsible looks at it");
    let (status, told, _) = browse(&w, &format!("POST {page}/rating"), FORM, "score=9").await;
    assert_eq!((status, told.ends_with("done=refused")), (303, true));
    // Both questions are one form: what stood in the other's field counts, whichever button was pressed.
    let said =
        async || w.ok("wang", &format!("GET {path}/progress_inputs"), Value::Null).await["items"].clone();
    w.at("09-18 16:50").await;
    browse(&w, &format!("POST {page}/answer"), FORM, "solved=yes&why=&reason=thanks").await;
    let last = said().await.as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["kind"], &last["body"]), (&json!("answer"), &json!("thanks")));
    w.at("09-18 16:51").await;
    browse(&w, &format!("POST {page}/answer"), FORM, "solved=yes&why=fine&score=5&reason=quick").await;
    let case = w.case(&path).await;
    assert_eq!((&case["satisfaction"], &case["record"]["satisfaction_words"]), (&json!(5), &json!("quick")));
    let both = said().await;
    let both: Vec<&Value> = both.as_array().unwrap().iter().rev().take(2).map(|one| &one["body"]).collect();
    assert!(both.contains(&&json!("fine")) && both.contains(&&json!("quick")), "{both:?}");
    browse(&w, &format!("POST {page}/rating"), FORM, "score=3&why=one&reason=two").await;
    assert_eq!(w.case(&path).await["record"]["satisfaction_words"], "two\none");
}

/// Whoever was told the result is asked about it, and not promised it once more.
async fn what_was_told_is_not_promised_again(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    to_be_told(&w, &path).await;
    let (page, _) = link(&w, &path).await;
    let page = format!("{page}?lang=en");
    let (.., html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert!(html.contains("we shall tell you the result soon") && html.contains("Expected by"), "{html}");
    let body = json!({
        "template": "result", "channel": "phone", "parts": {"matter": "已修复"},
        "told_to": "王女士", "told_at": "2026-09-22T02:00:00Z",
    });
    w.ok("wang", &format!("POST {path}/notices"), body).await;
    let (.., html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert!(html.contains("Tell us below whether it is solved") && !html.contains("Expected by"), "{html}");
    browse(&w, &format!("POST {}/answer", page.split('?').next().unwrap()), FORM, "solved=yes").await;
    let (.., html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert!(
        html.contains("You told us that it is solved") && html.contains("Your answer: It is solved"),
        "{html}"
    );
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "tell"})).await;
    let (.., html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert!(html.contains("Your answer: It is solved"), "what was said stays: {html}");
}

async fn what_is_not_solved_is_opened_again(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let (page, id) = link(&w, &path).await;
    let body = json!({"outcome": "withdrawn", "reason": "客户撤回"});
    w.ok("wang", &format!("POST {path}/archive"), body).await;
    let (status, _, html) = browse(&w, &format!("GET {page}?lang=en"), FORM, "").await;
    assert!(status == 200 && html.contains("Is the problem solved?"), "{html}");
    browse(&w, &format!("POST {page}/answer"), FORM, "solved=yes").await;
    let (.., html) = browse(&w, &format!("GET {page}?lang=en"), FORM, "").await;
    assert!(html.contains("Your answer: It is solved · 18 September 2026"), "{html}");
    let (status, ..) = browse(&w, &format!("POST {page}/answer"), FORM, "solved=no&why=again").await;
    assert_eq!(status, 303);
    let case = w.case(&path).await;
    assert_eq!((&case["state"], &case["stage"]["key"]), (&json!("open"), &json!("handle")));
    let (.., html) = browse(&w, &format!("GET {page}?lang=en"), FORM, "").await;
    assert!(
        html.contains("We are finding the cause and solving it."),
        "the stage is told in plain words: {html}"
    );
    w.ok("wang", &format!("DELETE {path}/progress_links/{id}"), Value::Null).await;
    let (status, _, html) = browse(&w, &format!("GET {page}"), FORM, "").await;
    assert_eq!((status, html.contains("已被撤销")), (404, true));
    let (again, _) = link(&w, &path).await;
    w.ok("wang", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "撤回"})).await;
    w.at("10-20 12:00").await;
    let (status, _, html) = browse(&w, &format!("GET {again}"), FORM, "").await;
    assert_eq!(status, 410, "the days for opening again are over");
    assert!(html.contains("这件工单已经结束") && html.contains("T-10001"), "{html}");
    assert!(!html.contains("课程闪退"), "{html}");
    let (status, _, html) = browse(&w, &format!("POST {again}/answer?lang=en"), FORM, "solved=no").await;
    assert_eq!((status, html.contains("This case is closed")), (410, true), "{html}");
    assert_eq!(browse(&w, "GET /progress/nothing", FORM, "").await.0, 404);
}

on_both_engines!(
    customers_see_add_and_rate,
    what_was_told_is_not_promised_again,
    what_is_not_solved_is_opened_again
);
