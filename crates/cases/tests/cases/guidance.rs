//! Cards of guidance: which are shown at which stage and for which state of the customer, in both languages, edited with the plan.

use heard_cases::plans::{Plan, packs};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, store_plan, world};

async fn follow(w: &World, plan: Plan) -> String {
    w.ctx.tx(&Actor::system(), async move |tx| store_plan(tx, &plan).await).await.unwrap();
    w.complaint("课程闪退").await
}

/// The cards of a case by key with their texts, in their order.
async fn cards(w: &World, path: &str, query: &str) -> Vec<(String, String)> {
    let page = w.ok("wang", &format!("GET {path}/guidance?{query}"), Value::Null).await;
    let text = |card: &Value, name: &str| card[name].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|card| (text(card, "key"), text(card, "body"))).collect()
}

/// Card, stage, the customer's state where it depends on that, and what it says.
const SHOWN: [(&str, &str, &str, &str); 24] = [
    ("listen", "record", "", "复述要点并确认"),
    ("wording", "record", "", "不用专业术语"),
    ("manners", "tell", "", "不指责"),
    ("tone", "answer", "", "根据用户的情绪和谈话气氛调整语气"),
    ("solution", "handle", "", "再说怎么做"),
    ("sympathy", "record", "worried", "先回应情绪"),
    ("turn", "handle", "angry", "恢复"),
    ("alternative", "handle", "dissatisfied", "先让用户能用起来"),
    ("commit", "handle", "worried", "登记为承诺"),
    ("notice", "answer", "", "情绪往往在变坏"),
    ("purpose", "answer", "", "说明目的"),
    ("patience", "answer", "", "也要像第一次那样回答"),
    ("concise", "answer", "", "先说结论"),
    ("emoji", "answer", "calm", "微笑表情"),
    ("own-calm", "answer", "angry", "停三秒再打字"),
    ("empathy", "answer", "dissatisfied", "说出对方的处境"),
    ("comfort", "follow_up", "dissatisfied", "各说一句关心的话"),
    ("principles", "record", "", "真诚：不欺骗、不夸大"),
    ("no-interrupting", "answer", "", "不插话"),
    ("clear", "answer", "", "什么时候"),
    ("standard", "answer", "", "不用网络流行语"),
    ("ask", "classify", "", "先问开放问题"),
    ("five-moves", "answer", "angry", "把话题从情绪引向解决"),
    ("complaint-principles", "handle", "", "为用户保密"),
];

async fn cards_come_by_stage_and_by_the_state_of_the_customer(db: TestDb) {
    let w = world(db).await;
    for pack in packs() {
        let path = follow(&w, pack.plan.clone()).await;
        for (key, stage, mood, words) in SHOWN {
            let mood = if mood.is_empty() { String::new() } else { format!("&mood={mood}") };
            let found = cards(&w, &path, &format!("stage={stage}{mood}")).await;
            let card = found.iter().find(|(found, _)| found == key);
            let body = card.map_or("", |(_, body)| body.as_str());
            assert!(body.contains(words), "{}: {key} at {stage}{mood}: {body}", pack.key);
        }
    }
}

async fn what_the_plan_says_now_is_shown(db: TestDb) {
    let w = world(db).await;
    let mut plan = packs().iter().find(|pack| pack.key == "education").unwrap().plan.clone();
    let card = plan.cards.iter_mut().find(|card| card.key == "listen").unwrap();
    card.body.zh = "先听，后说。".to_owned();
    let path = follow(&w, plan).await;
    let keys = |found: &[(String, String)]| found.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let found = cards(&w, &path, "").await;
    assert!(found.contains(&("listen".to_owned(), "先听，后说。".to_owned())), "at the stage that it is in");
    assert!(!keys(&found).contains(&"solution".to_owned()), "not there yet");
    assert!(!keys(&found).contains(&"five-moves".to_owned()), "nobody is angry");
    let angry = keys(&cards(&w, &path, "mood=angry").await);
    let of_mood = angry.iter().position(|key| key == "five-moves").unwrap();
    assert!(
        of_mood < angry.iter().position(|key| key == "listen").unwrap(),
        "the state comes first: {angry:?}"
    );
    let (status, code) = w.refused("li", &format!("GET {path}/guidance"), Value::Null).await;
    assert_eq!((status, code.as_str()), (404, "not_found"), "only who sees the case");
}

async fn what_is_about_to_be_sent_is_looked_through(db: TestDb) {
    let w = world(db).await;
    let line = "POST /wording_checks";
    let check = |text: &str, case: Option<&str>| json!({"text": text, "case_id": case});
    let text = "亲，这个我不知道";
    assert_eq!(w.ok("wang", line, check(text, None)).await["items"], json!([]), "the plan says nothing");
    let education = packs().iter().find(|pack| pack.key == "education").unwrap().plan.clone();
    let path = follow(&w, education).await;
    let found = w.ok("wang", line, check(text, None)).await;
    assert_eq!(
        found["items"][1],
        json!({
            "rule": "cold", "kind": "cold", "name": "冷淡、不耐烦或推诿", "words": "不知道", "start": 5, "end": 8,
            "advice": "先回应对方的处境，再说能做什么：“我来帮您核实，今天 18 点前答复您。”",
        })
    );
    assert_eq!(found["items"][0]["rule"], "slang");
    let id = path.rsplit('/').next();
    assert_eq!(w.ok("wang", line, check(text, id)).await, found, "by the plan of the case");
    assert_eq!(w.refused("zhao", line, check(text, id)).await, (404, "not_found".to_owned()));
    assert_eq!(w.refused("nobody", line, check(text, None)).await, (403, "forbidden".to_owned()));
    let long = check(&"长".repeat(20_001), None);
    assert_eq!(w.refused("wang", line, long).await, (422, "too_long".to_owned()));
}

on_both_engines!(
    what_is_about_to_be_sent_is_looked_through,
    cards_come_by_stage_and_by_the_state_of_the_customer,
    what_the_plan_says_now_is_shown
);
