//! What two processes on one PostgreSQL database do at the same instant. The embedded database has one writer.

use heard_desk::{
    contacts::{self, Claim, IdentityKind, Patch, Profile},
    inbound::{Destination, Inbound, receive},
    messages::{self, MessageKind, Words},
};
use heard_kernel::Actor;
use heard_testkit::{TestDb, overlap};

use crate::world::{words, world};

fn claim() -> Vec<Claim> {
    vec![Claim::new(IdentityKind::External, "u-17", true)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_customer_who_comes_twice_is_one_contact() {
    let db = TestDb::postgres().await;
    let w = world(&db).await;
    let (one, two) = (w.ctx.clone(), db.second_ctx(7).await);
    let (first, second) = overlap(
        &db,
        |gate| async move {
            one.tx(&Actor::system(), async move |tx| {
                let contact = contacts::resolve(tx, claim(), Profile::default()).await?;
                gate.hold().await;
                Ok(contact.id)
            })
            .await
        },
        async move {
            two.tx(&Actor::system(), async |tx| {
                Ok(contacts::resolve(tx, claim(), Profile::default()).await?.id)
            })
            .await
        },
    )
    .await;
    assert_eq!(first.unwrap(), second.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_messages_to_a_new_name_are_one_conversation() {
    let db = TestDb::postgres().await;
    let w = world(&db).await;
    let (one, two) = (w.ctx.clone(), db.second_ctx(7).await);
    let message =
        |body: &str| Inbound::new(w.vip, w.contact, Destination::Named("order-1".to_owned()), words(body));
    let (a, b) = (message("第一句"), message("第二句"));
    let (first, second) =
        overlap(
            &db,
            |gate| async move {
                one.tx(&Actor::contact(a.contact_id.0), async move |tx| {
                    let received = receive(tx, a.clone()).await?;
                    gate.hold().await;
                    Ok(received)
                })
                .await
            },
            async move {
                two.tx(&Actor::contact(b.contact_id.0), async move |tx| receive(tx, b.clone()).await).await
            },
        )
        .await;
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.conversation_id, second.conversation_id);
    assert_eq!((first.opened, second.opened), (true, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_sent_twice_is_one_message() {
    let db = TestDb::postgres().await;
    let w = world(&db).await;
    let id = w.opened("在吗").await;
    let (one, two, actor) = (w.ctx.clone(), db.second_ctx(7).await, w.wang.clone());
    let again = w.wang.clone();
    let keyed = || Words { client_key: Some("k-1".to_owned()), ..words("在的") };
    let (first, second) = overlap(
        &db,
        |gate| async move {
            one.tx(&actor, async move |tx| {
                let posted = messages::post(tx, id, MessageKind::Text, keyed(), None).await?;
                gate.hold().await;
                Ok(posted)
            })
            .await
        },
        async move {
            two.tx(&again, async move |tx| messages::post(tx, id, MessageKind::Text, keyed(), None).await)
                .await
        },
    )
    .await;
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.message.id, second.message.id);
    assert!(first.fresh && !second.fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_customer_says_is_taken_while_somebody_edits_their_card() {
    let db = TestDb::postgres().await;
    let w = world(&db).await;
    let (one, two, wang) = (w.ctx.clone(), db.second_ctx(7).await, w.wang.clone());
    let (contact, shop) = (w.contact, w.shop);
    let (edited, arrived) = overlap(
        &db,
        |gate| async move {
            one.tx(&wang, async move |tx| {
                let patch = Patch { note: Some("老客户".to_owned()), ..Patch::default() };
                let edited = contacts::update(tx, contact, 1, patch).await?;
                gate.hold().await;
                Ok(edited)
            })
            .await
        },
        async move {
            two.tx(&Actor::contact(contact.0), async move |tx| {
                let profile = Profile { locale: Some("zh-CN".to_owned()), ..Profile::default() };
                contacts::arrive(tx, contact, shop, profile).await
            })
            .await
        },
    )
    .await;
    edited.unwrap();
    let arrived = arrived.unwrap();
    assert_eq!(
        (arrived.note.as_str(), arrived.locale.as_deref()),
        ("老客户", Some("zh-CN")),
        "neither is lost"
    );
}
