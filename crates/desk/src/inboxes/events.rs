//! What is told about inboxes.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::{InboxId, InboxState};

/// An inbox was set up, changed or removed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct InboxUpdated {
    /// Which one.
    pub inbox_id: InboxId,
    /// What was changed, as names of fields; `created`, `deleted` or `identity_secret` among them.
    pub fields: Vec<String>,
    /// Whether it takes messages now.
    pub state: InboxState,
}

impl Event for InboxUpdated {
    const KIND: &'static str = "inbox.updated";
    fn subject(&self) -> Subject {
        Subject::new("inbox", self.inbox_id)
    }
}
