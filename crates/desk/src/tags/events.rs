//! What is told about tags.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::TagId;

/// A tag was made, changed or removed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TagUpdated {
    /// Which one.
    pub tag_id: TagId,
    /// Its name; the last one when it was removed.
    pub name: String,
    /// Whether it was removed.
    pub deleted: bool,
}

impl Event for TagUpdated {
    const KIND: &'static str = "tag.updated";
    fn subject(&self) -> Subject {
        Subject::new("tag", self.tag_id)
    }
}
