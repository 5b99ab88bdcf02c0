//! Conversations that become cases by a rule of the plan.

use heard_cases::plans::Plan;
use heard_desk::{
    conversations::{self, ConversationId},
    inbound::Destination,
    tags::{self, TagColor, TagId},
};
use heard_kernel::Actor;
use heard_store::params;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    plan::plan,
    world::{World, store_plan, world},
};

/// The small plan with a rule for words of the law, one for complaints and one for a tag.
pub(crate) async fn ready(db: TestDb) -> (World, TagId) {
    let w = world(db).await;
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    let tag =
        w.ctx.tx(&Actor::system(), async |tx| tags::create(tx, "升级", TagColor::Red).await).await.unwrap();
    let name = |zh: &str| json!({"zh": zh, "en": zh});
    let elsewhere: Uuid = w.ctx.new_id();
    whole["intake"] = json!([
        {"key": "legal", "name": name("法律风险"), "when": {"words": ["律师"]},
         "then": {"case_type": "complaint", "category": "crash", "severity": "severe"}},
        {"key": "complaints", "name": name("投诉"), "when": {"words": ["投诉"]}, "then": {"case_type": "complaint", "category": "product"}},
        {"key": "tagged", "name": name("坐席标记"), "when": {"tags": [tag.id]}, "then": {"case_type": "question"}},
        {"key": "elsewhere", "name": name("别处"), "when": {"words": ["咨询"], "inbox_ids": [elsewhere]}, "then": {"case_type": "question"}},
    ]);
    let plan: Plan = serde_json::from_value(whole).unwrap();
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    (w, tag.id)
}

/// The cases of a conversation, the latest first.
pub(crate) async fn cases_of(w: &World, conversation: ConversationId) -> Vec<Value> {
    w.settle().await;
    let page = w.ok("chen", &format!("GET /conversations/{conversation}/cases"), Value::Null).await;
    let mut found = Vec::new();
    for item in page["items"].as_array().unwrap() {
        found.push(w.case(&format!("/cases/{}", item["id"].as_str().unwrap())).await);
    }
    found
}

/// The keys of the rules that opened cases so far.
async fn by_rules(w: &World) -> Vec<String> {
    let events = w.ctx.events_after(0, 10_000).await.unwrap();
    let opened = events.iter().filter(|event| event.kind == "case.opened_by_rule");
    opened.map(|event| event.data["rule_key"].as_str().unwrap().to_owned()).collect()
}

/// Lets the reactor follow the log from the start again, as after a crash before its cursor was stored.
async fn replay(w: &World) {
    w.settle().await;
    let sql = "UPDATE cursors SET position = 0 WHERE name = $1";
    w.ctx
        .tx(&Actor::system(), async move |tx| tx.execute(sql, &params!["cases.intake"]).await)
        .await
        .unwrap();
    w.spine.settle().await.unwrap();
}

async fn words_of_a_customer_open_a_case_with_its_fields(db: TestDb) {
    let (w, _) = ready(db).await;
    let conversation = w.writes(Destination::New, "课程闪退").await;
    assert!(cases_of(&w, conversation).await.is_empty(), "none of the words");
    w.at("09-18 16:40").await;
    w.writes(Destination::Conversation(conversation), "我要投訴你们").await;
    let found = cases_of(&w, conversation).await;
    assert_eq!(found.len(), 1);
    let case = &found[0];
    assert_eq!(by_rules(&w).await, ["complaints"]);
    assert_eq!(
        (&case["type"]["key"], &case["source"]),
        (&json!("complaint"), &json!("conversation")),
        "{case}"
    );
    assert_eq!(case["title"], json!("课程闪退"));
    assert_eq!(case["category"]["key"], json!("product"));
    assert_eq!(case["severity"]["key"], json!("general"), "as the category proposes");
    assert_eq!(case["team"]["id"], json!(w.products));
    assert!(case["record"]["facts"].as_str().unwrap().ends_with("我要投訴你们"), "{case}");
    assert_eq!(case["contact"]["id"], json!(w.contact));
    assert_eq!(crate::world::wall(case["received_at"].as_str().unwrap()), "09-18 16:40");
    let path = format!("/cases/{}", case["id"].as_str().unwrap());
    let log = w.ok("chen", &format!("GET {path}/timeline"), Value::Null).await;
    let told =
        log["items"].as_array().unwrap().iter().find(|entry| entry["kind"] == "case.opened_by_rule").unwrap();
    assert_eq!((&told["data"]["rule_key"], &told["actor_kind"]), (&json!("complaints"), &json!("system")));
}

async fn a_second_message_and_an_event_that_comes_twice_open_nothing(db: TestDb) {
    let (w, tag) = ready(db).await;
    let conversation = w.writes(Destination::New, "我要投诉").await;
    assert_eq!(cases_of(&w, conversation).await.len(), 1);
    w.writes(Destination::Conversation(conversation), "再不处理我找律师").await;
    w.ctx
        .tx(&Actor::system(), async move |tx| conversations::tag(tx, conversation, &[tag], &[]).await)
        .await
        .unwrap();
    assert_eq!(cases_of(&w, conversation).await.len(), 1);
    replay(&w).await;
    assert_eq!(cases_of(&w, conversation).await.len(), 1);
    let path = format!("/cases/{}", cases_of(&w, conversation).await[0]["id"].as_str().unwrap());
    w.ok("chen", &format!("POST {path}/archive"), json!({"outcome": "withdrawn", "reason": "客户撤回"}))
        .await;
    replay(&w).await;
    assert_eq!(
        cases_of(&w, conversation).await.len(),
        1,
        "what was said while it was under way belongs to it"
    );
    w.at("09-20 10:00").await;
    w.writes(Destination::Conversation(conversation), "又坏了，还是要投诉").await;
    let found = cases_of(&w, conversation).await;
    assert_eq!(found.len(), 2, "what comes after is a new matter");
    assert_eq!(found[0]["title"], json!("又坏了，还是要投诉"));
    assert_eq!(by_rules(&w).await, ["complaints", "complaints"]);
}

async fn the_first_rule_counts_and_people_come_before_rules(db: TestDb) {
    let (w, tag) = ready(db).await;
    let conversation = w.writes(Destination::New, "投诉！我会找律师").await;
    let found = cases_of(&w, conversation).await;
    assert_eq!(
        (by_rules(&w).await, &found[0]["severity"]["key"]),
        (vec!["legal".to_owned()], &json!("severe"))
    );
    let asked = w.writes(Destination::New, "咨询一下").await;
    assert!(cases_of(&w, asked).await.is_empty(), "a rule of another inbox");
    w.ctx
        .tx(&Actor::system(), async move |tx| conversations::tag(tx, asked, &[tag], &[]).await)
        .await
        .unwrap();
    assert_eq!(cases_of(&w, asked).await[0]["type"]["key"], json!("question"));
    let own = w.writes(Destination::New, "你好").await;
    let body = json!({"classification": {"type_key": "complaint"}, "fields": {"title": "由人登记"}, "conversation_ids": [own]});
    w.opened(body).await;
    w.writes(Destination::Conversation(own), "我要投诉").await;
    assert_eq!(cases_of(&w, own).await.len(), 1, "somebody opened one already");
    // What an agent writes is no complaint.
    let quiet = w.writes(Destination::New, "在吗").await;
    let line = format!("POST /conversations/{quiet}/messages");
    w.ok("chen", &line, json!({"body": "您要投诉吗？"})).await;
    assert!(cases_of(&w, quiet).await.is_empty());
}

async fn what_is_long_ago_and_what_no_rule_watches_is_left_alone(db: TestDb) {
    let w = world(db).await;
    let conversation = w.writes(Destination::New, "我要投诉").await;
    assert!(cases_of(&w, conversation).await.is_empty(), "the plan has no rules");
    w.at("09-20 10:00").await;
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["intake"] = json!([{"key": "complaints", "name": {"zh": "投诉"}, "when": {"words": ["投诉"]}, "then": {"case_type": "complaint"}}]);
    let plan: Plan = serde_json::from_value(whole).unwrap();
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    replay(&w).await;
    assert!(cases_of(&w, conversation).await.is_empty(), "said before there was a rule");
    w.writes(Destination::Conversation(conversation), "投诉没人管").await;
    assert_eq!(cases_of(&w, conversation).await.len(), 1);
}

async fn rules_are_tried_before_they_hold(db: TestDb) {
    let w = world(db).await;
    let rules = json!([{"key": "legal", "name": {"zh": "法律"}, "when": {"words": ["律师"], "inbox_ids": [w.inbox]}, "then": {"case_type": "none"}}]);
    let tried = async |text: &str| {
        w.ok("chen", "POST /intake_checks", json!({"rules": rules, "text": text})).await["rule_key"].clone()
    };
    assert_eq!(tried("我找律师").await, json!("legal"));
    assert_eq!(tried("你好").await, Value::Null);
    let long = json!({"rules": rules, "text": "长".repeat(20_001)});
    assert_eq!(w.refused("chen", "POST /intake_checks", long).await, (422, "too_long".to_owned()));
    let body = json!({"rules": rules, "text": ""});
    assert_eq!(w.refused("nobody", "POST /intake_checks", body).await, (403, "forbidden".to_owned()));
}

on_both_engines!(
    words_of_a_customer_open_a_case_with_its_fields,
    a_second_message_and_an_event_that_comes_twice_open_nothing,
    the_first_rule_counts_and_people_come_before_rules,
    what_is_long_ago_and_what_no_rule_watches_is_left_alone,
    rules_are_tried_before_they_hold,
);
