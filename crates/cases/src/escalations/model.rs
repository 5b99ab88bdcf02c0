//! Escalations as they are stored.

use heard_kernel::Timestamp;
use heard_store::id_type;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::{CaseId, stored},
    clocks::ClockId,
    plans::Action,
};

id_type!(
    /// Names an escalation.
    EscalationId
);

/// An action that was taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = EscalationDeed)]
pub struct Deed {
    /// What the plan says.
    pub action: Action,
    /// Whether it could be done.
    pub done: bool,
    /// How many people were told or departments asked.
    pub count: usize,
}

stored! {
    /// A step of a chain, or an alarm, that was done.
    #[derive(Serialize, ToSchema)]
    #[schema(as = CaseEscalation)]
    Escalation {
        /// Its id.
        id: EscalationId,
        /// The case.
        case_id: CaseId,
        /// What it answers to, once.
        #[serde(skip)]
        occasion: String,
        /// The clock.
        #[schema(required = true)]
        clock_id: Option<ClockId>,
        /// Key of the chain or of the alarm.
        rule_key: String,
        /// The number of the step in its chain, from 1; 0 for an alarm.
        step_no: i64,
        /// When.
        at: Timestamp,
    }
    json {
        /// What was done.
        done: Vec<Deed>,
    }
}
