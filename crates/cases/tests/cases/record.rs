//! Opening and writing down.

use heard_desk::inbound::Destination;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::world;

async fn what_is_written_down_is_checked_and_kept(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    let line = format!("PATCH {path}");
    let (status, _) = w.call("wang", &line, None, json!({"impact": "全班"})).await;
    assert_eq!(status, 428);
    let body = json!({
        "impact": "全班 30 人", "occurred_at": "2026-09-18T01:00:00Z", "understanding": {"how": "电话复述"},
        "decision": "accepted", "custom": {"order": "A-1", "amount": 9900},
    });
    let (status, case) = w.call("wang", &line, Some(1), body).await;
    assert_eq!((status, &case["version"], &case["custom"]["amount"]), (200, &json!(2), &json!(9900)));
    assert_eq!(case["record"]["understanding"]["by"], json!(w.wang));
    let events = w.ctx.events_after(0, 10_000).await.unwrap();
    let updated = events.iter().find(|event| event.kind == "case.updated").unwrap();
    let fields = updated.data["fields"].as_array().unwrap();
    assert!(fields.contains(&json!("custom.order")) && fields.contains(&json!("impact")), "{fields:?}");
    assert!(events.iter().all(|event| !event.data.to_string().contains("全班")), "events hold no text");
    let (status, stale) = w.call("wang", &line, Some(1), json!({"impact": "x"})).await;
    assert_eq!((status, &stale["params"]["current"]["record"]["impact"]), (409, &json!("全班 30 人")));
    for (body, field, code) in [
        (json!({"custom": {"device": "phone"}}), "custom.device", "case_field_unknown"),
        (json!({"custom": {"amount": -1}}), "custom.amount", "case_field_range"),
        (json!({"custom": {"amount": "viel"}}), "custom.amount", "invalid_value"),
        (json!({"custom": {"order": "123456789012345678901"}}), "custom.order", "too_long"),
        (json!({"satisfaction": 6}), "satisfaction", "satisfaction_range"),
        (json!({"cause_key": "x"}), "cause_key", "plan_key_unknown"),
        (json!({"occurred_at": "2030-01-01T00:00:00Z"}), "occurred_at", "time_in_future"),
    ] {
        let (status, refused) = w.call("wang", &line, Some(2), body).await;
        let error = &refused["errors"][0];
        assert_eq!(
            (status, &error["field"], &error["code"]),
            (422, &json!(field), &json!(code)),
            "{refused}"
        );
    }
    let (_, case) = w.call("wang", &line, Some(2), json!({"custom": {"order": null}})).await;
    assert!(case["custom"].get("order").is_none() && case["custom"]["amount"] == 9900);
}

async fn a_case_comes_from_a_conversation_in_two_steps(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "课程一打开就闪退，请处理").await;
    w.writes(Destination::Conversation(conversation), "订单 A-1").await;
    let draft = w.ok("wang", &format!("GET /case_draft?conversation_id={conversation}"), Value::Null).await;
    assert_eq!(
        (&draft["title"], &draft["source"]),
        (&json!("课程一打开就闪退，请处理"), &json!("conversation"))
    );
    assert_eq!(draft["complainant"]["name"], "", "the customer has not given a name");
    let facts = draft["facts"].as_str().unwrap();
    assert!(facts.contains("订单 A-1"));
    assert!(!facts.contains('Z'), "times are written as the organisation reads them: {facts}");
    let later =
        w.ok("wang", &format!("GET /case_draft?conversation_id={conversation}&from_no=2"), Value::Null).await;
    assert!(!later["facts"].as_str().unwrap().contains("闪退"));
    let body = json!({
        "classification": {"type_key": "complaint"}, "conversation_ids": [conversation], "take": true,
        "fields": {"title": draft["title"], "facts": draft["facts"], "contact_id": draft["contact_id"],
                   "complainant": draft["complainant"]},
        "received_at": draft["received_at"],
    });
    let path = w.opened(body).await;
    let case = w.case(&path).await;
    assert_eq!((&case["source"], &case["owner"]["name"]), (&json!("conversation"), &json!("王芳")));
    assert_eq!(case["conversations"][0]["id"], json!(conversation));
    assert_eq!(
        case["team"]["name"], "客服组",
        "without a department it stays with the team of who opened it"
    );
    let back = w.ok("wang", &format!("GET /conversations/{conversation}/cases"), Value::Null).await;
    assert_eq!(back["items"][0]["number"], "T-10001");
    let again = w.ok("wang", &format!("GET /case_draft?conversation_id={conversation}"), Value::Null).await;
    assert_eq!(
        (&again["known_cases"][0]["linked"], &again["known_cases"][0]["number"]),
        (&json!(true), &json!("T-10001"))
    );
    w.ok("wang", &format!("DELETE {path}/conversations/{conversation}"), Value::Null).await;
    let back = w.ok("wang", &format!("GET /conversations/{conversation}/cases"), Value::Null).await;
    assert_eq!(back["items"], json!([]));
}

async fn a_case_that_was_recorded_late_counts_from_its_arrival(db: TestDb) {
    let w = world(db).await;
    let body = json!({
        "classification": {"type_key": "complaint", "category_key": "account"},
        "fields": {"title": "账号", "source": "letter", "complainant": {"name": "张伟", "contact": "13800000000"}},
        "received_at": "2026-09-18T02:30:00Z",
    });
    let path = w.opened(body).await;
    let case = w.case(&path).await;
    assert_eq!(case["record_delay_ms"], json!(6 * 3_600_000));
    assert_eq!(case["clock_state"], "overdue");
    assert_eq!(w.clocks(&path).await[0], "acknowledge 09-18 11:30");
    let sides = w.ok("wang", &format!("GET {path}/completeness"), Value::Null).await;
    let present: Vec<&str> = sides["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["present"] == true)
        .map(|item| item["what"]["need"].as_str().unwrap())
        .collect();
    assert_eq!(present, ["contact", "category", "handovers_closed", "tasks_done"]);
    let (status, code) = w.refused("wang", "POST /cases", json!({"classification": {}, "fields": {}})).await;
    assert_eq!((status, code.as_str()), (422, "required"));
    let (status, code) = w
        .refused(
            "wang",
            "POST /cases",
            json!({"classification": {"type_key": "x"}, "fields": {"title": "x"}}),
        )
        .await;
    assert_eq!((status, code.as_str()), (422, "plan_key_unknown"));
    let by_number = w.ok("wang", "GET /case_numbers/T-10001", Value::Null).await;
    assert_eq!(by_number["id"], case["id"]);
}

async fn a_solution_has_its_parts_and_judgement_stands_apart_from_facts(db: TestDb) {
    let w = world(db).await;
    let body = json!({
        "classification": {"type_key": "complaint", "category_key": "crash", "solvable_at_once": false}, "take": true,
        "fields": {"title": "课程闪退", "facts": "打开第三课时闪退", "judgement": "可能是内存不足", "contact_id": w.contact},
    });
    let path = w.opened(body).await;
    let case = w.case(&path).await;
    assert_eq!((&case["solvable_at_once"], &case["category"]["key"]), (&json!(false), &json!("crash")));
    let record = &case["record"];
    assert_eq!(
        (&record["facts"], &record["judgement"]),
        (&json!("打开第三课时闪退"), &json!("可能是内存不足")),
        "each in a field of its own"
    );
    let solution = json!({
        "steps": "升级到 1.2.3 版", "tools": "灰度发布平台", "risks": "升级期间会重新登录", "feasibility": "测试环境已验证",
        "department": "产品部", "complete_by": "2026-09-21T10:00:00.000Z",
    });
    let line = format!("PATCH {path}");
    let (status, changed) = w
        .call(
            "wang",
            &line,
            case["version"].as_i64(),
            json!({"solution": solution, "solvable_at_once": true}),
        )
        .await;
    assert_eq!(status, 200, "{changed}");
    assert_eq!(changed["record"]["solution"], solution);
    assert_eq!(changed["record"]["judgement"], "可能是内存不足");
    assert_eq!(changed["solvable_at_once"], true);
}

on_both_engines!(
    a_solution_has_its_parts_and_judgement_stands_apart_from_facts,
    what_is_written_down_is_checked_and_kept,
    a_case_comes_from_a_conversation_in_two_steps,
    a_case_that_was_recorded_late_counts_from_its_arrival,
);
