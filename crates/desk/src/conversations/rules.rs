//! What happens to a conversation, decided without storage.

use heard_kernel::{Actor, ActorKind, Code, Error, Result, Timestamp};
use heard_platform::directory::{TeamId, UserId};

use super::model::{Conversation, State, StateWish};

/// The conversation is part of another one (`params.into`); write there.
pub const CONVERSATION_MERGED: Code = Code::new("conversation_merged", 409);
/// Conversations of different contacts cannot be merged.
pub(crate) const MERGE_OTHER_CONTACT: Code = Code::new("merge_other_contact", 409);
/// A conversation cannot be merged into itself.
pub(crate) const MERGE_INTO_ITSELF: Code = Code::new("merge_into_itself", 409);
/// The conversation is not merged, so there is nothing to undo.
pub(crate) const NOT_MERGED: Code = Code::new("not_merged", 409);
/// The time to come back must lie in the future, within a year.
pub(crate) const SNOOZE_TIME_INVALID: Code = Code::new("snooze_time_invalid", 422);

/// A closed conversation that its contact writes to within this time goes on; later a new one begins.
pub const REOPEN_MILLIS: i64 = 7 * 24 * 3_600_000;
/// The longest time that a conversation may be set aside.
const LONGEST_SNOOZE_MILLIS: i64 = 366 * 24 * 3_600_000;

/// What a change of state amounts to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shift {
    /// It was so already.
    Nothing,
    /// From closed back to work.
    Reopened,
    /// Back from being set aside.
    Unsnoozed,
    /// Set aside.
    Snoozed,
    /// Done.
    Closed,
    /// Between open and waiting; the thread shows no line for it.
    Quiet,
}

/// The contact wrote. Whatever the conversation waited for, the team is to act now.
pub(crate) fn contact_spoke(conversation: &mut Conversation, at: Timestamp) -> Shift {
    conversation.contact_message_count += 1;
    if conversation.assignee_id.is_some() {
        conversation.assignee_unread += 1;
    }
    conversation.waiting_since.get_or_insert(at);
    let shift = shift(conversation.state, State::Open);
    enter(conversation, State::Open, None, at);
    shift
}

/// A person of the team answered, so nobody waits any longer.
pub(crate) fn user_spoke(conversation: &mut Conversation) {
    conversation.waiting_since = None;
}

/// Whether a message of the contact goes on in this conversation instead of beginning a new one.
pub(crate) fn goes_on(conversation: &Conversation, now: Timestamp) -> bool {
    match (conversation.state, conversation.closed_at) {
        (State::Closed, Some(closed)) => now.millis_since(closed) <= REOPEN_MILLIS,
        _ => true,
    }
}

/// Sets a state that somebody asks for.
pub(crate) fn set_state(conversation: &mut Conversation, wish: StateWish, now: Timestamp) -> Result<Shift> {
    check_not_merged(conversation)?;
    let until = match (wish.state, wish.snoozed_until) {
        (State::Snoozed, Some(until)) if until > now && until.millis_since(now) <= LONGEST_SNOOZE_MILLIS => {
            Some(until)
        }
        (State::Snoozed, _) => return Err(Error::field("snoozed_until", SNOOZE_TIME_INVALID)),
        _ => None,
    };
    let moved = conversation.snoozed_until != until;
    let shift = match shift(conversation.state, wish.state) {
        Shift::Nothing if moved => Shift::Snoozed,
        other => other,
    };
    enter(conversation, wish.state, until, now);
    Ok(shift)
}

fn shift(from: State, to: State) -> Shift {
    match (from, to) {
        _ if from == to => Shift::Nothing,
        (_, State::Closed) => Shift::Closed,
        (_, State::Snoozed) => Shift::Snoozed,
        (State::Closed, _) => Shift::Reopened,
        (State::Snoozed, _) => Shift::Unsnoozed,
        _ => Shift::Quiet,
    }
}

fn enter(conversation: &mut Conversation, state: State, until: Option<Timestamp>, now: Timestamp) {
    conversation.closed_at = match state {
        State::Closed => conversation.closed_at.or(Some(now)),
        _ => None,
    };
    if state == State::Closed {
        conversation.waiting_since = None;
    }
    conversation.state = state;
    conversation.snoozed_until = until;
}

/// Who is to serve a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Target {
    /// The agent, if one.
    pub assignee_id: Option<UserId>,
    /// The team, if one.
    pub team_id: Option<TeamId>,
}

/// Hands the conversation over and tells whether anything changed. `unread` is what the new assignee has not read.
pub(crate) fn assign(conversation: &mut Conversation, to: Target, unread: i64) -> Result<bool> {
    check_not_merged(conversation)?;
    let before = Target { assignee_id: conversation.assignee_id, team_id: conversation.team_id };
    conversation.assignee_id = to.assignee_id;
    conversation.team_id = to.team_id;
    if before.assignee_id != to.assignee_id {
        conversation.assignee_unread = if to.assignee_id.is_some() { unread } else { 0 };
    }
    Ok(before != to)
}

/// Nothing happens to a conversation any more once it is part of another one.
pub(crate) fn check_not_merged(conversation: &Conversation) -> Result<()> {
    match conversation.merged_into {
        Some(into) => Err(Error::new(CONVERSATION_MERGED).with("into", into)),
        None => Ok(()),
    }
}

/// Whether two conversations may become one.
pub(crate) fn check_merge(source: &Conversation, target: &Conversation) -> Result<()> {
    if source.id == target.id {
        return Err(Error::new(MERGE_INTO_ITSELF));
    }
    if source.contact_id != target.contact_id {
        return Err(Error::new(MERGE_OTHER_CONTACT));
    }
    check_not_merged(source)?;
    check_not_merged(target)
}

/// Whether an actor sees a conversation without being a participant of it.
pub(crate) fn sees(
    actor: &Actor,
    conversation: &Conversation,
    inbox_teams: &[TeamId],
    reads_all: bool,
) -> bool {
    match actor.kind {
        ActorKind::System | ActorKind::Bot => true,
        ActorKind::Contact => actor.id == Some(conversation.contact_id.0),
        ActorKind::User => {
            let member = |team: &TeamId| actor.team_ids.contains(&team.0);
            reads_all
                || inbox_teams.is_empty()
                || inbox_teams.iter().any(member)
                || conversation.team_id.as_ref().is_some_and(member)
                || (conversation.assignee_id.is_some() && conversation.assignee_id.map(|id| id.0) == actor.id)
        }
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
