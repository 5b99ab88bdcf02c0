//! Who sees, owns, takes part, watches, is recused.

use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::world;

async fn a_case_is_seen_by_its_team_and_by_who_has_to_do_with_it(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let look = format!("GET {path}");
    for (who, status) in [("wang", 200), ("chen", 200), ("li", 404), ("zhao", 404), ("nobody", 403)] {
        assert_eq!(w.call(who, &look, None, Value::Null).await.0, status, "{who}");
    }
    w.ok("wang", &format!("POST {path}/people"), json!({"role": "participant", "add": [w.li]})).await;
    assert_eq!(w.call("li", &look, None, Value::Null).await.0, 200);
    let list = w.ok("li", "GET /cases", Value::Null).await;
    assert_eq!(list["items"][0]["number"], "T-10001");
    w.ok("wang", &format!("POST {path}/people"), json!({"role": "participant", "remove": [w.li]})).await;
    assert_eq!(w.call("li", &look, None, Value::Null).await.0, 404);
    w.ok("wang", &format!("POST {path}/teams"), json!({"add": [w.products]})).await;
    assert_eq!(
        w.call("li", &look, None, Value::Null).await.0,
        200,
        "joint handling lets the other team see it"
    );
    w.ok("li", &format!("PUT {path}/watch"), Value::Null).await;
    let case = w.case(&path).await;
    assert_eq!(
        (&case["watchers"][0]["name"], &case["joint_teams"][0]["name"]),
        (&json!("李娜"), &json!("产品部"))
    );
}

async fn who_is_recused_neither_owns_nor_sees(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("投诉王芳").await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    let recuse = json!({"role": "recused", "add": [w.wang], "reason": "被投诉人"});
    let (status, _) = w.refused("wang", &format!("POST {path}/people"), recuse.clone()).await;
    assert_eq!(status, 403);
    let case = w.ok("chen", &format!("POST {path}/people"), recuse).await;
    assert_eq!((&case["owner"], &case["recused"][0]["reason"]), (&Value::Null, &json!("被投诉人")));
    assert_eq!(w.call("wang", &format!("GET {path}"), None, Value::Null).await.0, 404);
    assert_eq!(w.ok("wang", "GET /cases", Value::Null).await["items"], json!([]));
    let (status, code) = w.refused("chen", &format!("POST {path}/assign"), json!({"owner_id": w.wang})).await;
    assert_eq!((status, code.as_str()), (409, "case_recused"));
    let recuse = json!({"role": "recused", "add": [w.chen], "reason": "亲属"});
    w.ok("chen", &format!("POST {path}/people"), recuse).await;
    assert_eq!(
        w.call("chen", &format!("GET {path}"), None, Value::Null).await.0,
        404,
        "whatever else they may"
    );
}

async fn who_takes_the_case_that_they_open_keeps_it_until_it_is_handed_over(db: TestDb) {
    let w = world(db).await;
    let opened = |take: bool| {
        json!({"classification": {"type_key": "complaint", "category_key": "crash"}, "take": take,
            "fields": {"title": "课程闪退"}})
    };
    for (who, take, team, seen) in
        [("wang", true, "客服组", 404), ("wang", false, "产品部", 200), ("li", true, "产品部", 200)]
    {
        let case = w.ok(who, "POST /cases", opened(take)).await;
        assert_eq!(case["team"]["name"], team, "{who} {take}");
        assert_eq!(case["department"]["key"], "products", "the department that is responsible stays named");
        let look = format!("GET /cases/{}", case["id"].as_str().unwrap());
        assert_eq!(w.call("li", &look, None, Value::Null).await.0, seen, "{who} {take}");
    }
}

async fn cases_are_taken_and_given(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let counts = w.ok("wang", "GET /case_counts", Value::Null).await;
    assert_eq!((&counts["mine"], &counts["unassigned"], &counts["all"]), (&json!(0), &json!(1), &json!(1)));
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    let counts = w.ok("wang", "GET /case_counts", Value::Null).await;
    assert_eq!((&counts["mine"], &counts["unassigned"]), (&json!(1), &json!(0)));
    let give = json!({"owner_id": w.li, "team_id": w.products});
    let (status, _) = w.refused("wang", &format!("POST {path}/assign"), give.clone()).await;
    assert_eq!(status, 403);
    let case = w.ok("chen", &format!("POST {path}/assign"), give).await;
    assert_eq!((&case["owner"]["name"], &case["team"]["name"]), (&json!("李娜"), &json!("产品部")));
    assert_eq!(w.ok("li", "GET /cases?view=mine", Value::Null).await["items"][0]["number"], "T-10001");
    assert_eq!(w.ok("li", "GET /case_counts", Value::Null).await["teams"][0]["open"], 1);
    assert_eq!(w.ok("wang", "GET /case_counts", Value::Null).await["all"], 0);
}

on_both_engines!(
    who_takes_the_case_that_they_open_keeps_it_until_it_is_handed_over,
    a_case_is_seen_by_its_team_and_by_who_has_to_do_with_it,
    who_is_recused_neither_owns_nor_sees,
    cases_are_taken_and_given,
);
