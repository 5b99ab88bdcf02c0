//! What happens to a conversation.

use heard_kernel::Timestamp;
use uuid::Uuid;

use super::*;
use crate::conversations::{
    counts::{View, steps},
    model::Priority,
};

const T0: Timestamp = Timestamp::from_millis(1_000_000_000);

fn conversation(state: State) -> Conversation {
    Conversation {
        id: Uuid::from_u128(1).into(),
        no: 1,
        inbox_id: Uuid::from_u128(2).into(),
        contact_id: Uuid::from_u128(3).into(),
        subject: None,
        state,
        snoozed_until: (state == State::Snoozed).then(|| T0.plus_seconds(60)),
        assignee_id: Some(UserId(Uuid::from_u128(4))),
        team_id: None,
        priority: Priority::Normal,
        last_message_no: 1,
        contact_message_count: 1,
        last: None,
        waiting_since: None,
        contact_read_no: 0,
        contact_delivered_no: 0,
        agent_read_no: 0,
        assignee_unread: 0,
        merged_into: None,
        external_ref: None,
        page_url: None,
        locale: None,
        custom: Default::default(),
        active_at: T0,
        created_at: T0,
        updated_at: T0,
        closed_at: (state == State::Closed).then_some(T0),
        version: 1,
    }
}

fn wish(state: State, until: Option<Timestamp>) -> StateWish {
    StateWish { state, snoozed_until: until }
}

#[test]
fn a_message_of_the_contact_always_ends_waiting() {
    for (state, shift) in [
        (State::Open, Shift::Nothing),
        (State::Waiting, Shift::Quiet),
        (State::Snoozed, Shift::Unsnoozed),
        (State::Closed, Shift::Reopened),
    ] {
        let mut c = conversation(state);
        assert_eq!(contact_spoke(&mut c, T0.plus_seconds(5)), shift, "{state:?}");
        assert_eq!((c.state, c.snoozed_until, c.closed_at), (State::Open, None, None));
        assert_eq!(c.waiting_since, Some(T0.plus_seconds(5)));
        contact_spoke(&mut c, T0.plus_seconds(9));
        assert_eq!(c.waiting_since, Some(T0.plus_seconds(5)), "the first unanswered message counts");
        assert_eq!((c.contact_message_count, c.assignee_unread), (3, 2));
        user_spoke(&mut c);
        assert_eq!(c.waiting_since, None);
    }
}

#[test]
fn a_closed_conversation_goes_on_for_a_week() {
    let c = conversation(State::Closed);
    assert!(goes_on(&c, T0.plus_millis(REOPEN_MILLIS)));
    assert!(!goes_on(&c, T0.plus_millis(REOPEN_MILLIS + 1)));
    assert!(goes_on(&conversation(State::Snoozed), T0.plus_millis(REOPEN_MILLIS * 10)));
}

#[test]
fn snoozing_needs_a_time_ahead() {
    let code = |until| {
        let error = set_state(&mut conversation(State::Open), wish(State::Snoozed, until), T0).unwrap_err();
        error.field_errors()[0].code.id
    };
    assert_eq!(code(None), "snooze_time_invalid");
    assert_eq!(code(Some(T0)), "snooze_time_invalid");
    assert_eq!(code(Some(T0.plus_millis(LONGEST_SNOOZE_MILLIS + 1))), "snooze_time_invalid");
    let mut c = conversation(State::Open);
    let until = T0.plus_seconds(60);
    assert_eq!(set_state(&mut c, wish(State::Snoozed, Some(until)), T0).unwrap(), Shift::Snoozed);
    assert_eq!(set_state(&mut c, wish(State::Snoozed, Some(until)), T0).unwrap(), Shift::Nothing);
    let later = until.plus_seconds(1);
    assert_eq!(set_state(&mut c, wish(State::Snoozed, Some(later)), T0).unwrap(), Shift::Snoozed);
}

#[test]
fn closing_answers_nobody_but_ends_the_wait() {
    let mut c = conversation(State::Open);
    contact_spoke(&mut c, T0);
    set_state(&mut c, wish(State::Closed, None), T0.plus_seconds(1)).unwrap();
    assert_eq!((c.waiting_since, c.closed_at), (None, Some(T0.plus_seconds(1))));
    set_state(&mut c, wish(State::Closed, None), T0.plus_seconds(2)).unwrap();
    assert_eq!(c.closed_at, Some(T0.plus_seconds(1)), "closing twice keeps the first time");
}

#[test]
fn merged_conversations_stand_still() {
    let mut c = conversation(State::Closed);
    c.merged_into = Some(Uuid::from_u128(9).into());
    let target = conversation(State::Open);
    assert_eq!(set_state(&mut c, wish(State::Open, None), T0).unwrap_err().code().id, "conversation_merged");
    assert_eq!(check_merge(&target, &target).unwrap_err().code().id, "merge_into_itself");
    let mut other = conversation(State::Open);
    other.id = Uuid::from_u128(8).into();
    assert_eq!(check_merge(&c, &other).unwrap_err().code().id, "conversation_merged");
    assert!(check_merge(&target, &other).is_ok());
    other.contact_id = Uuid::from_u128(7).into();
    assert_eq!(check_merge(&target, &other).unwrap_err().code().id, "merge_other_contact");
}

#[test]
fn teams_restrict_who_sees() {
    let team = TeamId(Uuid::from_u128(20));
    let c = conversation(State::Open);
    let mut agent = Actor::user(Uuid::from_u128(30), Default::default());
    assert!(sees(&agent, &c, &[], false));
    assert!(!sees(&agent, &c, &[team], false));
    assert!(sees(&agent, &c, &[team], true));
    assert!(sees(&Actor::user(Uuid::from_u128(4), Default::default()), &c, &[team], false), "the assignee");
    agent.team_ids = [team.0].into();
    assert!(sees(&agent, &c, &[team], false));
    assert!(sees(&Actor::contact(Uuid::from_u128(3)), &c, &[team], false));
    assert!(!sees(&Actor::contact(Uuid::from_u128(5)), &c, &[], false));
}

#[test]
fn counts_follow_what_changed() {
    let before = conversation(State::Open);
    let mut after = before.clone();
    assert!(steps(Some(&before), Some(&after)).is_empty());
    contact_spoke(&mut after, T0);
    let user = Uuid::from_u128(4);
    assert_eq!(steps(Some(&before), Some(&after)), [((View::Unread, user), 1)].into());
    let mut closed = after.clone();
    set_state(&mut closed, wish(State::Closed, None), T0).unwrap();
    let inbox = Uuid::from_u128(2);
    let gone = [((View::Inbox, inbox), -1), ((View::Mine, user), -1), ((View::Unread, user), -1)];
    assert_eq!(steps(Some(&after), Some(&closed)), gone.into());
    assert_eq!(steps(None, Some(&closed)), Default::default());
}
