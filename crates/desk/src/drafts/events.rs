//! What is told about drafts.

use heard_platform::directory::UserId;
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use crate::conversations::ConversationId;

/// A draft was saved or discarded.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DraftSaved {
    /// Where.
    pub conversation_id: ConversationId,
    /// Whose.
    pub user_id: UserId,
    /// Whether there is one now.
    pub present: bool,
}

impl Event for DraftSaved {
    const KIND: &'static str = "draft.saved";
    fn subject(&self) -> Subject {
        Subject::new("draft", self.conversation_id)
    }
}
