//! What people are told at the right moment: who has to keep a promise, until when, why a clock stands still, who is served.

use heard_desk::contacts::{self, Claim, IdentityKind, Profile};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    world::{store_plan, world},
};

async fn a_promise_of_who_is_recused_goes_to_the_owner(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/take"), Value::Null).await;
    let id = path.rsplit('/').next().unwrap();
    let limit = json!({"unit": "working_minutes", "minutes": 600});
    let made =
        w.ok("wang", "POST /promises", json!({"body": "给临时办法", "limit": limit, "case_id": id})).await;
    let own = w.ok("wang", "POST /promises", json!({"body": "已兑现", "limit": limit, "case_id": id})).await;
    w.ok("wang", &format!("POST /promises/{}/keep", own["id"].as_str().unwrap()), Value::Null).await;
    let one = format!("GET /promises/{}", made["id"].as_str().unwrap());
    let recused = json!({"role": "recused", "add": [w.wang], "reason": "被投诉人"});
    w.ok("chen", &format!("POST {path}/people"), recused).await;
    w.settle().await;
    assert_eq!(w.ok("chen", &one, Value::Null).await["owner"]["name"], "王芳", "the case has no owner yet");
    w.ok("chen", &format!("POST {path}/assign"), json!({"owner_id": w.li})).await;
    w.settle().await;
    let promise = w.ok("li", &one, Value::Null).await;
    assert_eq!((&promise["owner"]["name"], &promise["clock"]["owner_id"]), (&json!("李娜"), &json!(w.li)));
    assert_eq!(promise["clock"]["assessment"]["due"], made["clock"]["assessment"]["due"], "its time stays");
    let told = async |who: &str| -> Vec<String> {
        let page = w.ok(who, "GET /alerts", Value::Null).await;
        let items = page["items"].as_array().unwrap().iter();
        let text = |alert: &Value| alert["text"].as_str().unwrap().to_owned();
        items.map(text).filter(|text| text.contains("承诺")).collect()
    };
    let given = "有一项对客户的承诺转由您兑现：T-10001 课程闪退（给临时办法）";
    assert_eq!(told("li").await, [given]);
    let events = w.ctx.events_after(0, 10_000).await.unwrap();
    let moved: Vec<_> = events.iter().filter(|event| event.kind == "promise.reassigned").collect();
    assert_eq!(moved.len(), 1, "what is settled stays with whoever promised it");
    assert_eq!(
        (&moved[0].data["former_owner_id"], &moved[0].data["owner_id"]),
        (&json!(w.wang), &json!(w.li))
    );
    // From now on it is the new owner who hears of it.
    w.at("09-20 16:30").await;
    let near = "对客户的承诺即将到期：T-10001 课程闪退（给临时办法）";
    assert_eq!(told("li").await, [near, given]);
    assert_eq!(told("wang").await, [""; 0]);
}

async fn a_notice_of_delay_names_the_extended_deadline(db: TestDb) {
    let w = world(db).await;
    let text = |zh: &str| json!({"zh": zh, "en": zh});
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["clocks"][2]["extension"] = json!({"limits": [{"unit": "working_days", "days": 8}]});
    whole["templates"] = json!([{"key": "delay", "kind": "delay", "name": text("延期告知"), "parts": [
        {"key": "until", "name": text("新的时间"), "body": text("我们预计在 {{due.extended}} 前给您结果。"), "mandatory": true}]}]);
    let plan = serde_json::from_value(whole).unwrap();
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    let drafted = async || {
        let draft = w.ok("wang", &format!("GET {path}/notices/draft?template=delay"), Value::Null).await;
        draft["parts"][0]["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(drafted().await, "我们预计在 {{?}} 前给您结果。", "nothing was extended");
    let clocks = w.ok("chen", &format!("GET {path}/clocks"), Value::Null).await;
    let clock =
        clocks["clocks"].as_array().unwrap().iter().find(|clock| clock["key"] == "handle_product").unwrap();
    assert_eq!(clock["extended_at"], Value::Null);
    w.ok(
        "chen",
        &format!("POST /clocks/{}/extend", clock["id"].as_str().unwrap()),
        json!({"reason": "要换硬件"}),
    )
    .await;
    w.settle().await;
    assert!(
        w.clocks(&path).await.contains(&"handle_product 09-30 16:30".to_owned()),
        "{:?}",
        w.clocks(&path).await
    );
    let said = drafted().await;
    assert!(said.contains("9月30日") && said.contains("16:30") && !said.contains("{{"), "{said}");
}

async fn a_pause_is_named_once(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/wait"), json!({"reason": "customer", "note": "请提供手机型号"})).await;
    w.settle().await;
    let clocks = w.ok("wang", &format!("GET {path}/clocks"), Value::Null).await;
    let line = format!("GET /clocks/{}", clocks["clocks"][0]["id"].as_str().unwrap());
    let words = async || -> Vec<String> {
        let clock = w.ok("wang", &line, Value::Null).await;
        clock["words"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    let lines = words().await;
    let begun: Vec<_> = lines.iter().filter(|line| line.contains("起暂停")).collect();
    assert!(matches!(begun[..], [line] if line.contains("等待客户")), "{lines:?}");
    w.at("09-18 17:00").await;
    w.ok("wang", &format!("POST {path}/resume"), Value::Null).await;
    let lines = words().await;
    assert!(lines.iter().any(|line| line.contains("工作时间不计")), "{lines:?}");
}

async fn who_has_no_name_is_told_by_an_address(db: TestDb) {
    let w = world(db).await;
    let unnamed = async |kind: IdentityKind, value: &'static str| {
        w.ctx
            .tx(&Actor::system(), async move |tx| {
                let claim = Claim::new(kind, value, true);
                Ok(contacts::resolve(tx, vec![claim], Profile::default()).await?.id)
            })
            .await
            .unwrap()
    };
    let mail = unnamed(IdentityKind::Email, "fang@example.com").await;
    let phone = unnamed(IdentityKind::Phone, "+8613800138000").await;
    for contact in [w.contact, mail, phone] {
        let body = json!({"classification": {"type_key": "complaint"}, "fields": {"title": "一件", "contact_id": contact, "source": "phone"}});
        w.opened(body).await;
    }
    let list = w.ok("chen", "GET /cases?view=all&sort=newest", Value::Null).await;
    let shown: Vec<&str> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["contact"]["display_name"].as_str().unwrap())
        .collect();
    assert!(shown.contains(&"+8613800138000") && shown.contains(&"fang@example.com"), "{shown:?}");
    assert!(shown.iter().any(|name| name.starts_with("访客 ")), "of a visitor nothing is known: {shown:?}");
    let line = "GET /case_export?format=csv&columns=contact&sort=newest";
    let (_, _, bytes) = w.raw("chen", line, None, Value::Null).await;
    let table = String::from_utf8(bytes).unwrap();
    assert!(table.contains("fang@example.com") && table.contains("13800138000"), "{table}");
}

async fn rates_are_reckoned_against_the_conversations_of_the_month(db: TestDb) {
    use heard_desk::inbound::Destination;
    let w = world(db).await;
    w.at("09-21 10:00").await;
    for words in ["闪退", "退款", "登录"] {
        w.writes(Destination::New, words).await;
    }
    w.at("10-12 10:00").await;
    w.writes(Destination::New, "又闪退").await;
    let urgent = json!({"classification": {"type_key": "complaint", "urgency_key": "urgent"}, "fields": {"title": "一件", "contact_id": w.contact, "source": "phone"}});
    w.opened(urgent).await;
    w.complaint("另一件").await;
    let line = "GET /case_report?view=all&by=month&from=2026-08-31T16:00:00Z&group=urgency";
    let report = w.ok("chen", line, Value::Null).await;
    let contacts = report["contacts"].as_array().unwrap();
    let counts: Vec<(&str, i64)> = contacts
        .iter()
        .map(|one| (one["month"].as_str().unwrap(), one["conversations"].as_i64().unwrap()))
        .collect();
    assert_eq!(counts, [("2026-09", 3), ("2026-10", 1)]);
    let rows = report["rows"].as_array().unwrap();
    let of = |key: Value| rows.iter().find(|row| row["key"] == key).unwrap();
    let row = of(json!("urgent"));
    assert_eq!(
        (&row["name"], &row["by_key"], &row["per_thousand"]),
        (&json!("紧急"), &json!("2026-10"), &json!(1000.0))
    );
    assert_eq!(of(Value::Null)["count"], 1, "of the other nobody said it");
    // Who does not see all cases has no rate: what they see is not measured against everybody's conversations.
    let report = w.ok("wang", line, Value::Null).await;
    assert_eq!((&report["contacts"], &report["rows"][0]["per_thousand"]), (&json!([]), &Value::Null));
    // Nor is there one without a beginning.
    let report = w.ok("chen", "GET /case_report?view=all&by=month&group=cause", Value::Null).await;
    assert_eq!(report["contacts"], json!([]));
}

async fn cases_of_an_earlier_plan_are_found_and_named(db: TestDb) {
    let w = world(db).await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/classification"), json!({"category_key": "crash"})).await;
    let mut other = plan(w.products);
    other.categories.retain(|category| category.key != "crash");
    other.categories[0].name.zh = "新名称".to_owned();
    let (first, parent) = (other.categories[0].key.clone(), "product");
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &other).await).await.unwrap();
    w.settle().await;
    let terms = w.ok("wang", "GET /plan_terms", Value::Null).await;
    let names: Vec<(&str, &str)> = terms["categories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["key"].as_str().unwrap(), one["name"]["zh"].as_str().unwrap()))
        .collect();
    assert!(names.contains(&("crash", "崩溃")) && names.contains(&(first.as_str(), "新名称")), "{names:?}");
    for line in ["GET /cases?category=crash", &format!("GET /cases?category={parent}")] {
        let found = w.ok("wang", line, Value::Null).await;
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{line}");
    }
    let report = w.ok("chen", "GET /case_report?view=all&group=category", Value::Null).await;
    assert_eq!((&report["rows"][0]["key"], &report["rows"][0]["name"]), (&json!("crash"), &json!("崩溃")));
}

on_both_engines!(
    cases_of_an_earlier_plan_are_found_and_named,
    a_promise_of_who_is_recused_goes_to_the_owner,
    a_notice_of_delay_names_the_extended_deadline,
    a_pause_is_named_once,
    who_has_no_name_is_told_by_an_address,
    rates_are_reckoned_against_the_conversations_of_the_month,
);
