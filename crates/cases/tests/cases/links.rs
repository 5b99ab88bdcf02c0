//! Links, merges, splits, groups, repeated complaints.

use heard_desk::inbound::Destination;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

async fn two(w: &World) -> (String, String) {
    let (one, other) = (w.complaint("课程闪退").await, w.complaint("又闪退").await);
    for path in [&one, &other] {
        w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    }
    (one, other)
}

async fn cases_are_linked_and_repeats_found(db: TestDb) {
    let w = world(db).await;
    let (one, other) = two(&w).await;
    let related = w.ok("wang", &format!("GET {one}/related"), Value::Null).await;
    assert_eq!(related["repeats"][0]["title"], "又闪退");
    let body = json!({"other_id": id(&other), "kind": "related", "note": "同一版本"});
    w.ok("wang", &format!("POST {one}/links"), body.clone()).await;
    let related = w.ok("wang", &format!("POST {one}/links"), body).await;
    assert_eq!(related["links"].as_array().unwrap().len(), 1);
    let back = w.ok("wang", &format!("GET {other}/related"), Value::Null).await;
    assert_eq!(back["links"][0]["case"]["title"], "课程闪退");
    let link = back["links"][0]["link"]["id"].as_str().unwrap();
    w.ok("wang", &format!("DELETE {other}/links/{link}"), Value::Null).await;
    let itself = json!({"other_id": id(&one), "kind": "related"});
    assert_eq!(w.refused("wang", &format!("POST {one}/links"), itself).await.1, "case_itself");
    w.ok("wang", &format!("PUT {one}/parent"), json!({"parent_id": id(&other)})).await;
    let circle = json!({"parent_id": id(&one)});
    assert_eq!(w.refused("wang", &format!("PUT {other}/parent"), circle).await.1, "case_itself");
}

async fn a_merge_is_undone(db: TestDb) {
    let w = world(db).await;
    let (one, other) = two(&w).await;
    let conversation = w.writes(Destination::New, "在吗").await;
    w.ok("wang", &format!("POST {one}/conversations"), json!({"conversation_id": conversation})).await;
    let clocks = w.clocks(&one).await;
    let body = json!({"into": id(&other), "reason": "同一事项"});
    w.ok("wang", &format!("POST {one}/merge"), body.clone()).await;
    let (merged, target) = (w.case(&one).await, w.case(&other).await);
    assert_eq!(merged["merged_into"], id(&other));
    assert_eq!(target["conversations"].as_array().unwrap().len(), 1);
    assert!(w.clocks(&one).await.is_empty());
    assert_eq!(w.refused("wang", &format!("POST {one}/merge"), body).await.1, "case_merged");
    let chain = json!({"into": id(&one)});
    assert_eq!(w.refused("wang", &format!("POST {other}/merge"), chain).await.1, "case_merged");
    w.ok("wang", &format!("POST {one}/unmerge"), Value::Null).await;
    assert_eq!((w.clocks(&one).await, &w.case(&one).await["merged_into"]), (clocks, &Value::Null));
    assert!(w.case(&other).await["conversations"].as_array().unwrap().is_empty());
    assert_eq!(w.refused("wang", &format!("POST {one}/unmerge"), Value::Null).await.1, "merge_undone");
}

/// The piece of evidence with a name; pieces of one instant stand in no order.
fn named(case: &Value, name: &str) -> Value {
    case["evidence"].as_array().unwrap().iter().find(|piece| piece["name"] == name).unwrap().clone()
}

async fn evidence_goes_along_and_comes_back(db: TestDb) {
    let w = world(db).await;
    let (one, other) = two(&w).await;
    let conversation = w.writes(Destination::New, "在吗").await;
    w.ok("wang", &format!("POST {one}/conversations"), json!({"conversation_id": conversation})).await;
    let file = w.upload("wang", "截图.txt", b"it crashed").await;
    let piece = json!({"attachment_id": file, "note": "截图", "given_by": "customer"});
    let common = w.upload("wang", "通话.txt", b"call").await;
    for path in [&one, &other] {
        let piece = json!({"attachment_id": common, "given_by": "team"});
        w.ok("wang", &format!("POST {path}/evidence"), piece).await;
    }
    w.at("09-20 10:00").await;
    let kept = named(&w.ok("wang", &format!("POST {one}/evidence"), piece).await, "截图.txt");
    let wrong = w.upload("wang", "传错.txt", b"wrong").await;
    let case = w.ok("wang", &format!("POST {one}/evidence"), json!({"attachment_id": wrong})).await;
    let line = format!("POST {one}/evidence/{}/remove", named(&case, "传错.txt")["id"].as_str().unwrap());
    w.ok("wang", &line, json!({"reason": "传错了"})).await;
    let before = (w.case(&one).await, w.case(&other).await);

    w.at("09-20 11:00").await;
    w.ok("wang", &format!("POST {one}/merge"), json!({"into": id(&other)})).await;
    let target = w.case(&other).await;
    let got = target["evidence"].as_array().unwrap();
    assert_eq!(got.len(), 2, "what was there and what was removed is left out: {got:?}");
    let copy = named(&target, "截图.txt");
    for field in ["attachment_id", "sha256", "note", "given_by", "added_at", "added_by"] {
        assert_eq!(copy[field], kept[field], "{field}");
    }
    assert_ne!(copy["id"], kept["id"]);
    let file = format!("GET {other}/evidence/{}/file", copy["id"].as_str().unwrap());
    assert_eq!(w.raw("chen", &file, None, Value::Null).await.2, b"it crashed");

    w.ok("wang", &format!("POST {one}/unmerge"), Value::Null).await;
    let after = (w.case(&one).await, w.case(&other).await);
    for part in
        ["evidence", "conversations", "record", "stages", "tags", "owner", "team", "state", "merged_into"]
    {
        assert_eq!(after.0[part], before.0[part], "{part} of the one");
        assert_eq!(after.1[part], before.1[part], "{part} of the other");
    }
    let related = w.ok("wang", &format!("GET {one}/related"), Value::Null).await;
    assert!(related["merges"][0]["merge"]["undone_at"].is_string());
    w.ok("wang", &format!("POST {one}/merge"), json!({"into": id(&other)})).await;
    assert_eq!(w.case(&other).await["evidence"].as_array().unwrap().len(), 2, "it can be merged again");
}

async fn a_part_becomes_a_case_and_goes_back(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "还有账号问题").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let body = json!({"title": "账号被盗", "facts": "无法登录", "conversation_ids": [conversation], "reason": "两件事"});
    let part = w.ok("wang", &format!("POST {path}/split"), body).await;
    assert!(w.case(&path).await["conversations"].as_array().unwrap().is_empty());
    let part = format!("/cases/{}", part["id"].as_str().unwrap());
    let related = w.ok("wang", &format!("GET {part}/related"), Value::Null).await;
    assert_eq!(related["links"][0]["link"]["kind"], "split");
    w.ok("wang", &format!("POST {part}/merge"), json!({"into": id(&path)})).await;
    assert_eq!(w.case(&path).await["conversations"].as_array().unwrap().len(), 1);
}

async fn customers_complain_together(db: TestDb) {
    let w = world(db).await;
    let (one, other) = two(&w).await;
    let body = json!({
        "title": "全班无法上课", "case_ids": [id(&one), id(&other)],
        "representatives": [{"case_id": id(&one), "name": "王女士", "contact": "13800000000"}],
    });
    assert_eq!(w.refused("wang", "POST /case_groups", body.clone()).await.0, 403);
    let group = w.ok("chen", "POST /case_groups", body).await;
    let list =
        w.ok("chen", &format!("GET /cases?group_id={}", group["id"].as_str().unwrap()), Value::Null).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let line = format!("PATCH /case_groups/{}", group["id"].as_str().unwrap());
    let (status, changed) =
        w.call("chen", &line, Some(1), json!({"remove": [id(&other)], "title": "多人无法上课"})).await;
    assert_eq!((status, &changed["version"]), (200, &json!(2)));
    assert_eq!(w.call("chen", &line, Some(1), json!({"title": "x"})).await.0, 409);
    assert_eq!(w.case(&other).await["group_id"], Value::Null);
    let get = line.replace("PATCH", "GET");
    assert_eq!(w.ok("wang", &get, Value::Null).await["representatives"][0]["name"], "王女士");
    assert_eq!(w.refused("zhao", &get, Value::Null).await.0, 404, "who sees none of its cases");
    let body = json!({"title": "别的事", "case_ids": [id(&other)]});
    let others = w.ok("chen", "POST /case_groups", body).await;
    assert_eq!(w.call("chen", &line, Some(2), json!({"remove": [id(&other)]})).await.0, 200);
    assert_eq!(w.case(&other).await["group_id"], others["id"], "a case leaves only the group that it is in");
}

on_both_engines!(
    cases_are_linked_and_repeats_found,
    a_merge_is_undone,
    evidence_goes_along_and_comes_back,
    a_part_becomes_a_case_and_goes_back,
    customers_complain_together,
);
