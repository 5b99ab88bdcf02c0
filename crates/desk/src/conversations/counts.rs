//! Kept counts of views: what a change of one conversation adds and takes away.
//!
//! The count of a view over inboxes is kept for each inbox, so that somebody who sees only some of them gets the sum of
//! those.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::model::{Conversation, Shelf};
use heard_store::words;

words! {
    /// A view whose size is kept.
    View {
        /// Active conversations of an inbox.
        Inbox => "inbox",
        /// Active conversations of an inbox that nobody serves.
        Unassigned => "unassigned",
        /// Snoozed conversations of an inbox.
        Snoozed => "snoozed",
        /// Active conversations of a team.
        Team => "team",
        /// Active conversations of an agent.
        Mine => "mine",
        /// Active conversations of an agent with something that they have not read.
        Unread => "unread",
        /// Conversations that mention a user who has not looked yet.
        Mentions => "mentions",
    }
}

/// What is added to each count.
pub(crate) type Steps = BTreeMap<(View, Uuid), i64>;

/// What a change of one conversation adds and takes away. `None` stands for a conversation that is not there.
pub(crate) fn steps(before: Option<&Conversation>, after: Option<&Conversation>) -> Steps {
    let mut steps = Steps::new();
    let mut add = |conversation: Option<&Conversation>, n: i64| {
        for place in conversation.map(places).unwrap_or_default().into_iter().flatten() {
            *steps.entry(place).or_default() += n;
        }
    };
    add(before, -1);
    add(after, 1);
    steps.retain(|_, n| *n != 0);
    steps
}

/// The counts that a conversation is part of.
fn places(conversation: &Conversation) -> [Option<(View, Uuid)>; 4] {
    let inbox = conversation.inbox_id.0;
    match conversation.shelf() {
        Shelf::Active => {
            let served = match conversation.assignee_id {
                Some(user) => (View::Mine, user.0),
                None => (View::Unassigned, inbox),
            };
            let unread = conversation.assignee_id.filter(|_| conversation.assignee_unread > 0);
            [
                Some((View::Inbox, inbox)),
                Some(served),
                conversation.team_id.map(|team| (View::Team, team.0)),
                unread.map(|user| (View::Unread, user.0)),
            ]
        }
        Shelf::Snoozed => [Some((View::Snoozed, inbox)), None, None, None],
        Shelf::Closed | Shelf::Merged => [None; 4],
    }
}
