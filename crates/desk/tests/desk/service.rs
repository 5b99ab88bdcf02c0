//! Conversations and messages on both engines.

use std::{collections::HashMap, time::Duration};

use crate::world::{World, user, words, world};
use heard_desk::{
    conversations::{self, Assignment, ConversationId, State, StateWish, ViewName},
    inbound::{Destination, Inbound, own_conversations, receive},
    messages::{self, Message, MessageKind, Range, Words},
};
use heard_kernel::{Actor, Error, Timestamp, codes};
use heard_platform::presence;
use heard_testkit::{TestDb, on_both_engines};

async fn thread(w: &World, id: ConversationId) -> Vec<Message> {
    let actor = w.boss.clone();
    let page =
        w.ctx.read(async move |tx| messages::page(tx, &actor, id, Range::After(0), 200).await).await.unwrap();
    page.1.messages
}

async fn shown(w: &World, actor: &Actor, id: ConversationId) -> Result<conversations::Listed, Error> {
    let actor = actor.clone();
    w.ctx.read(async move |tx| conversations::one(tx, &actor, id).await).await
}

async fn ids(w: &World, actor: &Actor, view: ViewName) -> Vec<ConversationId> {
    let actor = actor.clone();
    let request = conversations::ListRequest { view: Some(view), ..Default::default() };
    let page = w.ctx.read(async move |tx| conversations::list(tx, &actor, &request).await).await.unwrap();
    page.items.into_iter().map(|item| item.loaded.conversation.id).collect()
}

async fn counts(w: &World, actor: &Actor) -> conversations::Counts {
    let actor = actor.clone();
    w.ctx.read(async move |tx| conversations::counts(tx, &actor).await).await.unwrap()
}

async fn set_state(w: &World, actor: &Actor, id: ConversationId, state: State, until: Option<Timestamp>) {
    let wish = StateWish { state, snoozed_until: until };
    w.ctx.tx(actor, async move |tx| conversations::set_state(tx, id, wish).await).await.unwrap();
}

fn lines(thread: &[Message]) -> Vec<&str> {
    thread
        .iter()
        .map(|message| message.system.as_ref().map_or(message.body.as_str(), |line| line.code.as_str()))
        .collect()
}

async fn a_customer_and_an_agent_talk(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("你好，订单没到").await;
    let before = shown(&w, &w.wang, id).await.unwrap();
    assert_eq!(before.loaded.conversation.waiting_since, Some(w.ctx.now()));
    assert_eq!(counts(&w, &w.wang).await.unassigned, 1);
    db.clock.advance(Duration::from_secs(30));
    w.says(&w.wang, id, MessageKind::Text, words("我看看")).await.unwrap();
    w.says(&w.wang, id, MessageKind::Note, words("物流延误")).await.unwrap();
    w.hears(w.shop, Destination::Conversation(id), "谢谢").await.unwrap();
    let messages = thread(&w, id).await;
    assert_eq!(lines(&messages), ["你好，订单没到", "assigned", "我看看", "物流延误", "谢谢"]);
    assert_eq!(messages.iter().map(|m| m.no).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let after = shown(&w, &w.wang, id).await.unwrap().loaded.conversation;
    assert_eq!((after.assignee_id, after.assignee_unread), (Some(user(&w.wang)), 1));
    assert_eq!(after.last.unwrap().preview, "谢谢");
    let now = counts(&w, &w.wang).await;
    assert_eq!((now.mine, now.unassigned, now.all, now.unread_mine), (1, 0, 1, 1));
    w.ctx.tx(&w.wang, async move |tx| conversations::read(tx, id, 5).await).await.unwrap();
    assert_eq!(counts(&w, &w.wang).await.unread_mine, 0);
    let present = presence::all(&w.ctx, &Actor::system()).await.unwrap();
    let chats = present.iter().map(|one| (one.user_id, one.open_chats)).collect::<HashMap<_, _>>();
    assert_eq!((chats[&user(&w.wang)], chats[&user(&w.li)]), (1, 0));
    let contact = Actor::contact(w.contact.0);
    let (_, seen) = w
        .ctx
        .read(async move |tx| messages::page(tx, &contact, id, Range::After(0), 50).await)
        .await
        .unwrap();
    assert_eq!(
        lines(&seen.messages),
        ["你好，订单没到", "assigned", "我看看", "谢谢"],
        "notes are not for contacts"
    );
}

async fn the_same_key_is_the_same_message(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("在吗").await;
    let keyed = |body: &str| Words { client_key: Some("k-1".to_owned()), ..words(body) };
    let first = w.says(&w.wang, id, MessageKind::Text, keyed("在的")).await.unwrap();
    let again = w.says(&w.wang, id, MessageKind::Text, keyed("在的")).await.unwrap();
    assert!(first.fresh && !again.fresh);
    assert_eq!(first.message, again.message);
    let other = w.says(&w.wang, id, MessageKind::Text, keyed("不在")).await.unwrap_err();
    assert!(other.is(codes::IDEMPOTENCY_KEY_REUSED));
    assert_eq!(thread(&w, id).await.len(), 3);
    let mut inbound = Inbound::new(w.shop, w.contact, Destination::Latest, words("反馈"));
    inbound.external_id = Some("ext-1".to_owned());
    for round in 0..2 {
        let inbound = inbound.clone();
        let got =
            w.ctx.tx(&Actor::system(), async move |tx| receive(tx, inbound.clone()).await).await.unwrap();
        assert_eq!((got.fresh, got.conversation_id), (round == 0, id));
    }
}

async fn who_does_not_see_an_inbox_sees_nothing_of_it(db: TestDb) {
    let w = world(&db).await;
    let id = w.hears(w.vip, Destination::New, "贵宾咨询").await.unwrap().conversation_id;
    assert!(shown(&w, &w.wang, id).await.unwrap_err().is(codes::NOT_FOUND));
    assert!(shown(&w, &w.li, id).await.is_ok());
    assert!(shown(&w, &w.boss, id).await.is_ok());
    let refused = w.says(&w.wang, id, MessageKind::Text, words("x")).await.unwrap_err();
    assert!(refused.is(codes::NOT_FOUND));
    assert_eq!(
        (ids(&w, &w.wang, ViewName::All).await.len(), ids(&w, &w.li, ViewName::All).await.len()),
        (0, 1)
    );
    assert_eq!((counts(&w, &w.wang).await.all, counts(&w, &w.boss).await.all), (0, 1));
    let named = Words { mentions: vec![user(&w.wang)], ..words("@王芳 看一下") };
    w.says(&w.li, id, MessageKind::Note, named).await.unwrap();
    assert!(shown(&w, &w.wang, id).await.unwrap().mentioned, "who is named takes part");
    assert_eq!(
        (ids(&w, &w.wang, ViewName::Mentions).await, counts(&w, &w.wang).await.mentions),
        (vec![id], 1)
    );
    w.ctx.tx(&w.wang, async move |tx| conversations::read(tx, id, 2).await).await.unwrap();
    assert_eq!(counts(&w, &w.wang).await.mentions, 0);
    let stranger = Actor::contact(w.ctx.new_id());
    let foreign =
        w.ctx.read(async move |tx| messages::page(tx, &stranger, id, Range::After(0), 5).await).await;
    assert!(foreign.unwrap_err().is(codes::NOT_FOUND));
}

async fn a_transfer_carries_a_note(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("退款").await;
    let to_li = Assignment {
        assignee_id: Some(user(&w.li)),
        team_id: Some(Some(w.team)),
        note: Some("请跟进退款".to_owned()),
    };
    let wish = to_li.clone();
    w.ctx.tx(&w.wang, async move |tx| conversations::assign(tx, id, wish.clone()).await).await.unwrap();
    assert_eq!(lines(&thread(&w, id).await), ["退款", "team_changed", "transferred", "请跟进退款"]);
    let now = counts(&w, &w.li).await;
    assert_eq!((now.mine, now.unread_mine, now.teams[0].open), (1, 1, 1));
    let nobody = Assignment { assignee_id: Some(w.ctx.new_id::<uuid::Uuid>().into()), ..Default::default() };
    let refused = w
        .ctx
        .tx(&w.wang, async move |tx| conversations::assign(tx, id, nobody.clone()).await)
        .await
        .unwrap_err();
    assert_eq!(refused.field_errors()[0].code.id, "user_unknown");
}

async fn closed_conversations_reopen_for_a_week(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("问题一").await;
    set_state(&w, &w.wang, id, State::Closed, None).await;
    db.clock.advance(Duration::from_secs(6 * 24 * 3_600));
    let soon = w.hears(w.shop, Destination::Conversation(id), "还有").await.unwrap();
    assert_eq!((soon.conversation_id, soon.opened), (id, false));
    assert_eq!(lines(&thread(&w, id).await), ["问题一", "closed", "reopened", "还有"]);
    set_state(&w, &w.wang, id, State::Closed, None).await;
    db.clock.advance(Duration::from_secs(8 * 24 * 3_600));
    let late = w.hears(w.shop, Destination::Conversation(id), "新问题").await.unwrap();
    assert!(late.opened && late.conversation_id != id);
    let (contact, shop) = (w.contact, w.shop);
    let own = w.ctx.read(async move |tx| own_conversations(tx, contact, shop).await).await.unwrap();
    assert_eq!(own.len(), 2);
    assert_eq!(own[0].last.as_ref().unwrap().body, "新问题");
}

async fn a_snoozed_conversation_comes_back(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("明天再说").await;
    let until = w.ctx.now().plus_seconds(3_600);
    set_state(&w, &w.wang, id, State::Snoozed, Some(until)).await;
    assert_eq!((ids(&w, &w.wang, ViewName::Snoozed).await, counts(&w, &w.wang).await.snoozed), (vec![id], 1));
    w.spine.settle().await.unwrap();
    assert_eq!(shown(&w, &w.wang, id).await.unwrap().loaded.conversation.state, State::Snoozed);
    db.clock.advance(Duration::from_secs(3_601));
    w.spine.settle().await.unwrap();
    assert_eq!(shown(&w, &w.wang, id).await.unwrap().loaded.conversation.state, State::Open);
    assert_eq!(lines(&thread(&w, id).await).last(), Some(&"unsnoozed"));
    let past = StateWish { state: State::Snoozed, snoozed_until: Some(until) };
    let refused =
        w.ctx.tx(&w.wang, async move |tx| conversations::set_state(tx, id, past).await).await.unwrap_err();
    assert_eq!(refused.field_errors()[0].code.id, "snooze_time_invalid");
}

async fn what_is_taken_back_is_gone_everywhere(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("您好").await;
    let named = Words { mentions: vec![user(&w.li)], ..words("密码是 123 @李娜") };
    let message = w.says(&w.wang, id, MessageKind::Note, named).await.unwrap().message;
    let mid = message.id;
    let taken = w.ctx.tx(&w.li, async move |tx| messages::recall(tx, id, mid).await).await.unwrap_err();
    assert_eq!(taken.code().id, "recall_not_own");
    w.ctx.tx(&w.wang, async move |tx| messages::recall(tx, id, mid).await).await.unwrap();
    let left = thread(&w, id).await;
    let recalled = left.iter().find(|m| m.id == mid).unwrap();
    assert!(recalled.body.is_empty() && recalled.recalled_at.is_some());
    assert_eq!(shown(&w, &w.wang, id).await.unwrap().loaded.conversation.last.unwrap().preview, "");
    assert_eq!(counts(&w, &w.li).await.mentions, 0);
    let events = w.ctx.events_after(0, 1_000).await.unwrap();
    assert!(events.iter().all(|event| !event.data.to_string().contains("密码")), "events hold no text");
    let second = w.says(&w.wang, id, MessageKind::Text, words("晚了")).await.unwrap().message.id;
    db.clock.advance(Duration::from_secs(121));
    let late = w.ctx.tx(&w.wang, async move |tx| messages::recall(tx, id, second).await).await.unwrap_err();
    assert_eq!(late.code().id, "recall_too_late");
}

async fn a_merge_can_be_undone_exactly(db: TestDb) {
    let w = world(&db).await;
    let (source, target) = (w.opened("第一个").await, w.opened("第二个").await);
    set_state(&w, &w.wang, source, State::Snoozed, Some(w.ctx.now().plus_seconds(600))).await;
    let before = shown(&w, &w.wang, source).await.unwrap().loaded.conversation;
    let before_thread = thread(&w, source).await;
    w.ctx.tx(&w.wang, async move |tx| conversations::merge(tx, source, target).await).await.unwrap();
    assert_eq!(ids(&w, &w.wang, ViewName::All).await, [target]);
    assert!(ids(&w, &w.wang, ViewName::Snoozed).await.is_empty());
    let got = w.hears(w.shop, Destination::Conversation(source), "接着说").await.unwrap();
    assert_eq!(got.conversation_id, target, "what the contact writes to the source goes to the target");
    let refused = w.says(&w.wang, source, MessageKind::Text, words("x")).await.unwrap_err();
    assert_eq!(refused.code().id, "conversation_merged");
    w.ctx.tx(&w.wang, async move |tx| conversations::unmerge(tx, source).await).await.unwrap();
    let after = shown(&w, &w.wang, source).await.unwrap().loaded.conversation;
    assert_eq!(conversations::Conversation { updated_at: before.updated_at, ..after }, before);
    assert_eq!(thread(&w, source).await, before_thread);
    assert_eq!(lines(&thread(&w, target).await), ["第二个", "merged", "接着说", "unmerged"]);
    db.clock.advance(Duration::from_secs(601));
    w.spine.settle().await.unwrap();
    assert_eq!(shown(&w, &w.wang, source).await.unwrap().loaded.conversation.state, State::Open);
    let again =
        w.ctx.tx(&w.wang, async move |tx| conversations::unmerge(tx, source).await).await.unwrap_err();
    assert_eq!(again.code().id, "not_merged");
}

async fn many_writers_lose_nothing_and_leave_no_gap(db: TestDb) {
    let w = world(&db).await;
    let id = w.opened("开始").await;
    let (contact, shop) = (w.contact, w.shop);
    let writers: Vec<_> = (0..8_u32)
        .map(|writer| {
            let (ctx, wang) = (w.ctx.clone(), w.wang.clone());
            tokio::spawn(async move {
                for n in 0..20_u32 {
                    let said = Words {
                        client_key: Some(format!("{writer}-{n}")),
                        ..words(&format!("{writer}:{n}"))
                    };
                    if writer % 2 == 0 {
                        let inbound = Inbound::new(shop, contact, Destination::Conversation(id), said);
                        ctx.tx(&Actor::contact(contact.0), async move |tx| {
                            receive(tx, inbound.clone()).await
                        })
                        .await
                        .unwrap();
                    } else {
                        ctx.tx(&wang, async move |tx| {
                            messages::post(tx, id, MessageKind::Text, said.clone(), None).await
                        })
                        .await
                        .unwrap();
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let thread = thread(&w, id).await;
    let numbers: Vec<i64> = thread.iter().map(|message| message.no).collect();
    assert_eq!(numbers, (1..=162).collect::<Vec<i64>>());
    for writer in 0..8 {
        let own: Vec<String> = (0..20).map(|n| format!("{writer}:{n}")).collect();
        let prefix = format!("{writer}:");
        let found: Vec<_> =
            thread.iter().filter(|m| m.body.starts_with(&prefix)).map(|m| m.body.clone()).collect();
        assert_eq!(found, own, "the messages of one writer keep their order");
    }
    let posted = w.ctx.events_after(0, 10_000).await.unwrap();
    assert_eq!(posted.iter().filter(|event| event.kind == "message.posted").count(), 162);
    let wrong = w.ctx.read(async |tx| conversations::recounted(tx).await).await.unwrap();
    assert_eq!(wrong, []);
}

on_both_engines!(
    a_customer_and_an_agent_talk,
    the_same_key_is_the_same_message,
    who_does_not_see_an_inbox_sees_nothing_of_it,
    a_transfer_carries_a_note,
    closed_conversations_reopen_for_a_week,
    a_snoozed_conversation_comes_back,
    what_is_taken_back_is_gone_everywhere,
    a_merge_can_be_undone_exactly,
    many_writers_lose_nothing_and_leave_no_gap,
);
