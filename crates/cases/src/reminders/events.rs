//! What is told about reminders.

use heard_kernel::Timestamp;
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use crate::cases::Standing;

/// Whoever is responsible for a case was told to look how it goes on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reminded {
    /// Where the case stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Key of the reminder in the plan.
    pub reminder_key: String,
    /// When it was due.
    pub due_at: Timestamp,
}

impl Event for Reminded {
    const KIND: &'static str = "case.reminded";
    fn subject(&self) -> Subject {
        Subject::new("case", self.standing.case_id)
    }
}
