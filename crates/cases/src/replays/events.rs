//! What is told about replays.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::ReplayId;
use crate::plans::{PlanId, PlanVersionId};

/// Somebody wants to know what a version would have meant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReplayAsked {
    /// Of which plan.
    pub plan_id: PlanId,
    /// The candidate.
    pub plan_version_id: PlanVersionId,
    /// The replay.
    pub replay_id: ReplayId,
    /// How many cases it looks at.
    pub cases: i64,
}

impl Event for ReplayAsked {
    const KIND: &'static str = "plan.replay_asked";

    fn subject(&self) -> Subject {
        Subject::new("plan", self.plan_id)
    }
}

/// A replay is finished.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Replayed {
    /// Of which plan.
    pub plan_id: PlanId,
    /// The candidate.
    pub plan_version_id: PlanVersionId,
    /// The replay.
    pub replay_id: ReplayId,
    /// Whether there is a result.
    pub failed: bool,
}

impl Event for Replayed {
    const KIND: &'static str = "plan.replayed";

    fn subject(&self) -> Subject {
        Subject::new("plan", self.plan_id)
    }
}
