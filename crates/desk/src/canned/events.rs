//! What is told about canned replies.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::{CannedId, Scope};

/// A canned reply was made, changed or removed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CannedUpdated {
    /// Which one.
    pub canned_id: CannedId,
    /// Who can use it.
    pub scope: Scope,
    /// Whether it was removed.
    pub deleted: bool,
}

impl Event for CannedUpdated {
    const KIND: &'static str = "canned.updated";
    fn subject(&self) -> Subject {
        Subject::new("canned", self.canned_id)
    }
}
