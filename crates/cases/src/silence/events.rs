//! What is told about silence.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use crate::cases::Standing;

/// The customer did not answer in the plan's days after the result: the case counts as followed up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Silent {
    /// Where the case stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// After how many days.
    pub days: u32,
}

impl Event for Silent {
    const KIND: &'static str = "case.silent";
    fn subject(&self) -> Subject {
        Subject::new("case", self.standing.case_id)
    }
}
