//! What a connection can hear about.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A subject of interest that connections subscribe to and events are routed to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Everybody inside who is signed in. Contacts never hear it.
    Everyone,
    /// One user, in all browsers. Every connection of a user subscribes to it.
    User(Uuid),
    /// The members of a team.
    Team(Uuid),
    /// Those who see an inbox.
    Inbox(Uuid),
    /// Those who see all cases.
    Cases,
    /// One contact, in all browsers. Every connection of a contact subscribes to it.
    Contact(Uuid),
}

/// The topics of one connection, sorted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Topics(Box<[Topic]>);

impl Topics {
    pub(super) fn new(mut topics: Vec<Topic>) -> Self {
        topics.sort_unstable();
        topics.dedup();
        Self(topics.into())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Topic> {
        self.0.iter().copied()
    }

    pub(super) fn any_of(&self, wanted: &[Topic]) -> bool {
        wanted.iter().any(|topic| self.0.binary_search(topic).is_ok())
    }
}
