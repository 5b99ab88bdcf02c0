//! What customers are told, and guidance for it.

use heard_cases::plans::Plan;
use heard_desk::inbound::Destination;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::{
    plan::plan,
    world::{World, store_plan, world},
};

fn text(zh: &str) -> Value {
    json!({"zh": zh, "en": zh})
}

/// The small plan with what customers are told.
fn with_texts(w: &World) -> Plan {
    let mut whole = serde_json::to_value(plan(w.products)).unwrap();
    whole["templates"] = json!([
        {"key": "ack", "kind": "acknowledgement", "name": text("受理确认"), "parts": [
            {"key": "concern", "name": text("关心"), "body": text("{{contact.name}}，您好：{{case.title}}"), "mandatory": true},
            {"key": "help", "name": text("是否需要其他帮助"), "body": text("还需要其他帮助吗？"), "mandatory": true},
            {"key": "process", "name": text("流程与时间"), "body": text("预计 {{due.handle}} 前处理，见 {{progress.url}}"), "mandatory": true},
        ]},
        {"key": "result", "kind": "result", "name": text("结果告知"), "parts": [
            {"key": "matter", "name": text("事项"), "body": text("{{case.number}}"), "mandatory": true},
        ]},
    ]);
    whole["cards"] = json!([
        {"key": "listen", "topic": "listening", "title": text("听完"), "body": text("不打断"), "stages": ["record"]},
        {"key": "soothe", "topic": "soothing", "title": text("先安抚"), "body": text("理解"), "moods": ["angry"]},
    ]);
    serde_json::from_value(whole).unwrap()
}

/// A world whose plan says what customers are told.
pub(crate) async fn ready(db: TestDb) -> World {
    let w = world(db).await;
    let plan = with_texts(&w);
    let actor = heard_kernel::Actor::system();
    w.ctx.tx(&actor, async move |tx| store_plan(tx, &plan).await).await.unwrap();
    w
}

async fn a_notice_goes_only_when_nothing_is_missing(db: TestDb) {
    let w = ready(db).await;
    let conversation = w.writes(Destination::New, "课程闪退").await;
    let path = w.complaint("课程闪退").await;
    let draft = w.ok("wang", &format!("GET {path}/notices/draft?template=ack"), Value::Null).await;
    assert_eq!(draft["parts"][0]["mandatory"], true);
    assert_eq!(
        draft["parts"][0]["text"], "尊敬的客户，您好：课程闪退",
        "nobody is addressed as a visitor with a number"
    );
    assert_eq!(draft["parts"][2]["text"], "预计 {{?}} 前处理，见 {{progress.url}}");
    assert_eq!(draft["parts"][2]["gaps"], json!(["?"]));
    let kind = json!({"category_key": "crash", "severity_key": "severe"});
    w.ok("wang", &format!("POST {path}/classification"), kind).await;
    let draft = w.ok("wang", &format!("GET {path}/notices/draft?template=ack"), Value::Null).await;
    assert_eq!(draft["parts"][2]["text"], "预计 2026年9月24日 16:30 前处理，见 {{progress.url}}");
    let mut body = json!({
        "template": "ack", "channel": "conversation", "conversation_id": conversation,
        "parts": {"concern": "王女士，您好", "process": draft["parts"][2]["text"]},
    });
    let line = format!("POST {path}/notices");
    let (status, refused) = w.call("wang", &line, None, body.clone()).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (422, &json!("parts.help")));
    assert_eq!(refused["errors"][0]["code"], "notice_part_missing");
    body["parts"]["help"] = json!("还需要其他帮助吗？");
    assert_eq!(w.refused("wang", &line, body.clone()).await, (422, "notice_conversation".to_owned()));
    let link = json!({"conversation_id": conversation});
    w.ok("wang", &format!("POST {path}/conversations"), link).await;
    let sent = w.ok("wang", &line, body).await;
    assert_eq!((&sent["sender"]["name"], sent["sha256"].as_str().unwrap().len()), (&json!("王芳"), 64));
    let said = w.ok("wang", &format!("GET /conversations/{conversation}/messages"), Value::Null).await;
    let last = said["items"].as_array().unwrap().last().unwrap()["body"].as_str().unwrap().to_owned();
    assert!(last.contains("还需要其他帮助吗？") && last.contains("/progress/"), "{last}");
    assert!(!last.contains("{{"), "{last}");
    let links = w.ok("wang", &format!("GET {path}/progress_links"), Value::Null).await;
    assert_eq!((links["items"].as_array().unwrap().len(), &links["items"][0]["url"]), (1, &Value::Null));
    w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "record"})).await;
    let case =
        w.ok("wang", &format!("POST {path}/complete_stage"), json!({"stage_key": "acknowledge"})).await;
    assert_eq!(case["stage"]["key"], "classify");
}

async fn what_was_told_by_telephone_is_recorded(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let body = json!({
        "template": "result", "channel": "phone", "parts": {"matter": "已修复"},
        "told_to": "王女士", "told_at": "2026-09-18T08:00:00Z", "note": "态度很好",
    });
    let line = format!("POST {path}/notices");
    let sent = w.ok("wang", &line, body.clone()).await;
    assert_eq!(
        (&sent["told_to"], &sent["kind"], &sent["message_id"]),
        (&json!("王女士"), &json!("result"), &Value::Null)
    );
    let mut later = body;
    later["told_at"] = json!("2026-10-18T08:00:00Z");
    assert_eq!(w.refused("wang", &line, later.clone()).await, (422, "time_in_future".to_owned()));
    let now = heard_kernel::Clock::now(&*w.db.clock);
    later["told_at"] = json!(now.plus_seconds(300));
    let at = w.ok("wang", &line, later).await["told_at"].clone();
    assert_eq!(at, json!(now), "a browser's clock that is a little ahead means now");
    let list = w.ok("chen", &format!("GET {path}/notices"), Value::Null).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!(w.refused("zhao", &format!("GET {path}/notices"), Value::Null).await.0, 404);
    assert!(w.told().await.contains(&"case.notice_sent".to_owned()));
}

async fn a_notice_is_in_the_language_of_the_customer(db: TestDb) {
    let w = ready(db).await;
    let conversation = w.writes(Destination::New, "app crashes").await;
    let path = w.complaint("课程闪退").await;
    w.ok("wang", &format!("POST {path}/conversations"), json!({"conversation_id": conversation})).await;
    let draft = async |query: &str| {
        let draft = w.ok("wang", &format!("GET {path}/notices/draft?template=ack{query}"), Value::Null).await;
        (draft["locale"].clone(), draft["customer_locale"].clone(), draft["parts"][0]["text"].clone())
    };
    let speaks = async |table: &'static str, locale: Option<&'static str>| {
        let sql = format!("UPDATE {table} SET locale = $1");
        let changed = async move |tx: &heard_runtime::Tx<'_>| {
            tx.execute(&sql, &heard_store::params![locale]).await.map(drop)
        };
        w.ctx.tx(&heard_kernel::Actor::system(), changed).await.unwrap();
    };
    speaks("contacts", None).await;
    speaks("conversations", None).await;
    let (zh, en, nobody_knows) = (json!("zh-CN"), json!("en"), Value::Null);
    let chinese = json!("尊敬的客户，您好：课程闪退");
    assert_eq!(
        draft("").await,
        (zh.clone(), nobody_knows, chinese.clone()),
        "the agent's, where nobody knows"
    );
    speaks("conversations", Some("en-GB")).await;
    assert_eq!(draft("").await, (en.clone(), en.clone(), json!("customer，您好：课程闪退")));
    assert_eq!(draft("&locale=zh-CN").await, (zh.clone(), en.clone(), chinese.clone()), "it can be chosen");
    let body = json!({"template": "result", "channel": "phone", "parts": {"matter": "solved"}});
    assert_eq!(w.ok("wang", &format!("POST {path}/notices"), body.clone()).await["locale"], en);
    speaks("contacts", Some("zh")).await;
    assert_eq!(
        draft("").await,
        (zh.clone(), zh.clone(), chinese),
        "what the contact is known to speak comes first"
    );
    speaks("contacts", Some("fr")).await;
    assert_eq!(draft("").await.1, en);
    assert_eq!(w.ok("wang", &format!("POST {path}/notices"), body).await["locale"], en);
}

async fn guidance_fits_stage_and_mood(db: TestDb) {
    let w = ready(db).await;
    let path = w.complaint("课程闪退").await;
    let keys = |page: Value| -> Vec<String> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|card| card["key"].as_str().unwrap().to_owned())
            .collect()
    };
    let calm = w.ok("wang", &format!("GET {path}/guidance"), Value::Null).await;
    assert_eq!(keys(calm), ["listen"]);
    let angry = w.ok("wang", &format!("GET {path}/guidance?mood=angry"), Value::Null).await;
    assert_eq!(keys(angry), ["soothe", "listen"]);
}

on_both_engines!(
    a_notice_goes_only_when_nothing_is_missing,
    what_was_told_by_telephone_is_recorded,
    a_notice_is_in_the_language_of_the_customer,
    guidance_fits_stage_and_mood,
);
