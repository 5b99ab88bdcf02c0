//! What two processes on one PostgreSQL database do at the same instant. The embedded database has one writer.

use heard_cases::cases::{self, CaseFields, CaseId, Classification, NewCase, NewEvidence};
use heard_desk::{conversations::ConversationId, inbound::Destination};
use heard_kernel::Actor;
use heard_store::params;
use heard_testkit::{TestDb, overlap};
use serde_json::{Value, json};

use crate::{
    intake::{cases_of, ready},
    world::{World, world},
};

fn complaint(conversation: ConversationId, only_case: bool) -> NewCase {
    NewCase {
        classification: Classification {
            type_key: Some("complaint".to_owned()),
            ..Classification::default()
        },
        fields: CaseFields { title: Some("由人登记".to_owned()), ..CaseFields::default() },
        conversation_ids: vec![conversation],
        only_case,
        ..NewCase::default()
    }
}

fn id_of(path: &str) -> CaseId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// Wang with all rights of this crate, so that files that Wang uploaded are their own.
fn wang(w: &World) -> Actor {
    Actor::user(w.wang.0, heard_cases::RIGHTS.iter().map(|def| def.right.0).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_and_a_rule_open_one_case() {
    let (w, _) = ready(TestDb::postgres().await).await;
    let conversation = w.writes(Destination::New, "你好").await;
    w.settle().await;
    w.writes(Destination::Conversation(conversation), "我要投诉").await;
    let (person, rule) = (w.ctx.clone(), w.spine_of_another_process(7).await);
    let (opened, _) = overlap(
        &w.db,
        |gate| async move {
            person
                .tx(&Actor::system(), async move |tx| {
                    let case = cases::open(tx, complaint(conversation, true)).await?;
                    gate.hold().await;
                    Ok(case.id)
                })
                .await
        },
        async move { rule.settle().await.unwrap() },
    )
    .await;
    let found = cases_of(&w, conversation).await;
    assert_eq!(found.len(), 1, "the rule waits, and sees the case of the person");
    assert_eq!(found[0]["id"], json!(opened.unwrap()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_open_one_case() {
    let w = world(TestDb::postgres().await).await;
    let conversation = w.writes(Destination::New, "你好").await;
    let (one, two) = (w.ctx.clone(), w.db.second_ctx(7).await);
    let (first, second) = overlap(
        &w.db,
        |gate| async move {
            one.tx(&Actor::system(), async move |tx| {
                let case = cases::open(tx, complaint(conversation, true)).await?;
                gate.hold().await;
                Ok(case.number())
            })
            .await
        },
        async move {
            two.tx(&Actor::system(), async move |tx| cases::open(tx, complaint(conversation, true)).await)
                .await
        },
    )
    .await;
    let refused = second.unwrap_err();
    assert_eq!(refused.code().id, "conversation_has_case");
    assert_eq!(refused.params()["number"], json!(first.unwrap()));
    let body = json!({"classification": {"type_key": "complaint"}, "fields": {"title": "另一件事"}, "conversation_ids": [conversation]});
    w.opened(body).await;
    assert_eq!(cases_of(&w, conversation).await.len(), 2, "who knows of the first one may open another");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_added_twice_is_one_piece_of_evidence() {
    let w = world(TestDb::postgres().await).await;
    let path = w.complaint("课程闪退").await;
    let file = w.upload("wang", "截图.txt", b"it crashed").await;
    let new: NewEvidence = serde_json::from_value(json!({"attachment_id": file})).unwrap();
    let (case, again) = (id_of(&path), new.clone());
    let (one, two, first, second) = (w.ctx.clone(), w.db.second_ctx(7).await, wang(&w), wang(&w));
    let (added, repeated) =
        overlap(
            &w.db,
            |gate| async move {
                one.tx(&first, async move |tx| {
                    let piece = cases::add_evidence(tx, case, new.clone()).await?;
                    gate.hold().await;
                    Ok(piece)
                })
                .await
            },
            async move {
                two.tx(&second, async move |tx| cases::add_evidence(tx, case, again.clone()).await).await
            },
        )
        .await;
    assert_eq!(added.unwrap(), repeated.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cases_do_not_become_parts_of_each_other() {
    let w = world(TestDb::postgres().await).await;
    let (one, other) = (w.complaint("课程闪退").await, w.complaint("又闪退").await);
    let (below, above) = (id_of(&other), id_of(&one));
    let (first, app, line) = (w.ctx.clone(), w.caller(), format!("PUT {one}/parent"));
    let (set, refused) = overlap(
        &w.db,
        |gate| async move {
            first
                .tx(&Actor::system(), async move |tx| {
                    let sql = "UPDATE cases SET parent_id = $1 WHERE id = $2";
                    tx.execute(sql, &params![above, below]).await?;
                    gate.hold().await;
                    Ok(())
                })
                .await
        },
        async move { app.call("wang", &line, json!({"parent_id": below})).await },
    )
    .await;
    set.unwrap();
    assert_eq!((refused.0, &refused.1["errors"][0]["code"]), (422, &json!("case_itself")));
    assert_eq!(w.case(&one).await["parent_id"], Value::Null);
}
