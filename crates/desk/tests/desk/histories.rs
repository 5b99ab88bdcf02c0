//! Random histories: whatever happens in whatever order, kept counts equal what counting anew gives, lists are as long as
//! their counts say, and messages are numbered without gaps.

use std::time::Duration;

use crate::world::{World, user, words, world};
use heard_desk::{
    conversations::{self, Assignment, ConversationId, State, StateWish, ViewName},
    inbound::Destination,
    messages::{self, MessageKind, Range, Words},
};
use heard_kernel::Actor;
use heard_testkit::{TestDb, on_both_engines};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRng, TestRunner},
};

/// Something that happens. Numbers pick one of the conversations, users or states that there are.
#[derive(Clone, Debug)]
enum Step {
    Opens { vip: bool },
    Hears { which: usize },
    Says { which: usize, who: usize, note: bool },
    Recalls { which: usize, who: usize },
    Assigns { which: usize, to: usize, team: bool },
    Sets { which: usize, state: usize },
    Reads { which: usize, who: usize, no: i64 },
    Merges { which: usize, into: usize },
    Unmerges { which: usize },
    Waits { minutes: u64 },
}

fn step() -> impl Strategy<Value = Step> {
    let which = || 0_usize..8;
    prop_oneof![
        any::<bool>().prop_map(|vip| Step::Opens { vip }),
        which().prop_map(|which| Step::Hears { which }),
        (which(), 0_usize..3, any::<bool>()).prop_map(|(which, who, note)| Step::Says { which, who, note }),
        (which(), 0_usize..3).prop_map(|(which, who)| Step::Recalls { which, who }),
        (which(), 0_usize..4, any::<bool>()).prop_map(|(which, to, team)| Step::Assigns { which, to, team }),
        (which(), 0_usize..4).prop_map(|(which, state)| Step::Sets { which, state }),
        (which(), 0_usize..3, 0_i64..12).prop_map(|(which, who, no)| Step::Reads { which, who, no }),
        (which(), which()).prop_map(|(which, into)| Step::Merges { which, into }),
        which().prop_map(|which| Step::Unmerges { which }),
        (1_u64..200).prop_map(|minutes| Step::Waits { minutes }),
    ]
}

/// Does a step. Refusals are part of life: what was refused must have changed nothing, which the counts show.
async fn act(db: &TestDb, w: &World, open: &mut Vec<ConversationId>, step: Step) {
    let users = [&w.wang, &w.li, &w.boss];
    let pick = |open: &Vec<ConversationId>, which: usize| open.get(which % open.len().max(1)).copied();
    let boss = w.boss.clone();
    match step {
        Step::Opens { vip } => {
            let inbox = if vip { w.vip } else { w.shop };
            open.push(w.hears(inbox, Destination::New, "新会话").await.unwrap().conversation_id);
        }
        Step::Waits { minutes } => {
            db.clock.advance(Duration::from_secs(minutes * 60));
            w.spine.settle().await.unwrap();
        }
        Step::Hears { which } => {
            let Some(id) = pick(open, which) else { return };
            let _ = w.hears(w.shop, Destination::Conversation(id), "还有问题").await;
        }
        Step::Says { which, who, note } => {
            let Some(id) = pick(open, which) else { return };
            let kind = if note { MessageKind::Note } else { MessageKind::Text };
            let mentions = if note { vec![user(users[(who + 1) % 3])] } else { Vec::new() };
            let _ = w.says(users[who], id, kind, Words { mentions, ..words("内容") }).await;
        }
        Step::Recalls { which, who } => {
            let Some(id) = pick(open, which) else { return };
            let reader = boss.clone();
            let page =
                w.ctx.read(async move |tx| messages::page(tx, &reader, id, Range::After(0), 200).await);
            let own = users[who].id;
            let found = page.await.unwrap().1.messages.into_iter().rev().find(|m| m.author_id == own);
            if let Some(message) = found {
                let _ =
                    w.ctx.tx(users[who], async move |tx| messages::recall(tx, id, message.id).await).await;
            }
        }
        Step::Assigns { which, to, team } => {
            let Some(id) = pick(open, which) else { return };
            let wish = Assignment {
                assignee_id: users.get(to).map(|actor| user(actor)),
                team_id: Some(team.then_some(w.team)),
                note: None,
            };
            let _ = w.ctx.tx(&boss, async move |tx| conversations::assign(tx, id, wish.clone()).await).await;
        }
        Step::Sets { which, state } => {
            let Some(id) = pick(open, which) else { return };
            let state = [State::Open, State::Waiting, State::Snoozed, State::Closed][state];
            let until = (state == State::Snoozed).then(|| w.ctx.now().plus_seconds(3_600));
            let wish = StateWish { state, snoozed_until: until };
            let _ = w.ctx.tx(&boss, async move |tx| conversations::set_state(tx, id, wish).await).await;
        }
        Step::Reads { which, who, no } => {
            let Some(id) = pick(open, which) else { return };
            let _ = w.ctx.tx(users[who], async move |tx| conversations::read(tx, id, no).await).await;
        }
        Step::Merges { which, into } => {
            let (Some(id), Some(into)) = (pick(open, which), pick(open, into)) else { return };
            let _ = w.ctx.tx(&boss, async move |tx| conversations::merge(tx, id, into).await).await;
        }
        Step::Unmerges { which } => {
            let Some(id) = pick(open, which) else { return };
            let _ = w.ctx.tx(&boss, async move |tx| conversations::unmerge(tx, id).await).await;
        }
    }
}

async fn check(w: &World, open: &[ConversationId]) {
    let wrong = w.ctx.read(async |tx| conversations::recounted(tx).await).await.unwrap();
    assert_eq!(wrong, []);
    for actor in [&w.wang, &w.li, &w.boss] {
        let reader = actor.clone();
        let counts = w.ctx.read(async move |tx| conversations::counts(tx, &reader).await).await.unwrap();
        for (view, expected) in [
            (ViewName::Mine, counts.mine),
            (ViewName::Unassigned, counts.unassigned),
            (ViewName::All, counts.all),
            (ViewName::Snoozed, counts.snoozed),
        ] {
            let found = length(w, actor, view).await;
            assert_eq!(found, expected, "{view:?}");
        }
    }
    for id in open.iter().copied() {
        let reader = w.boss.clone();
        let (loaded, shown) = w
            .ctx
            .read(async move |tx| messages::page(tx, &reader, id, Range::After(0), 200).await)
            .await
            .unwrap();
        let numbers: Vec<i64> = shown.messages.iter().map(|message| message.no).collect();
        assert_eq!(numbers, (1..=loaded.conversation.last_message_no).collect::<Vec<_>>());
    }
}

async fn length(w: &World, actor: &Actor, view: ViewName) -> i64 {
    let reader = actor.clone();
    let request = conversations::ListRequest { view: Some(view), ..Default::default() };
    let page = w.ctx.read(async move |tx| conversations::list(tx, &reader, &request).await).await.unwrap();
    i64::try_from(page.items.len()).unwrap()
}

async fn kept_counts_equal_counting_anew(db: TestDb) {
    let w = world(&db).await;
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(prop::test_runner::RngAlgorithm::ChaCha, &[7; 32]),
    );
    let mut open = Vec::new();
    for round in 0..6 {
        let steps = prop::collection::vec(step(), 25..26).new_tree(&mut runner).unwrap().current();
        for step in steps {
            act(&db, &w, &mut open, step).await;
        }
        check(&w, &open).await;
        assert!(round > 0 || !open.is_empty(), "the history holds something");
    }
}

on_both_engines!(kept_counts_equal_counting_anew);
