//! What is told about plans.

use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::{
    evaluations::EvaluationId,
    records::{PlanId, PlanVersionId},
};

macro_rules! plan_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$about])* pub $field: $ty,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::new("plan", self.plan_id)
            }
        }
    )+};
}

plan_events! {
    /// A plan was made.
    PlanCreated = "plan.created" {
        /// Which one.
        plan_id: PlanId,
        /// Its key.
        key: String,
        /// The pack that it began with.
        pack: String,
    }
    /// Its name changed, or it became the default one.
    PlanUpdated = "plan.updated" {
        /// Which one.
        plan_id: PlanId,
        /// Cases follow it when nothing else is said.
        is_default: bool,
    }
    /// A version was begun.
    VersionDrafted = "plan.version_drafted" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
        /// Its number within the plan.
        no: i64,
        /// The version that it was begun from.
        based_on_id: Option<PlanVersionId>,
    }
    /// A draft was saved.
    VersionSaved = "plan.version_saved" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
        /// Sections that changed.
        sections: Vec<String>,
    }
    /// A draft was thrown away.
    VersionDeleted = "plan.version_deleted" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
        /// Its number within the plan.
        no: i64,
    }
    /// A draft was given to review.
    VersionSubmitted = "plan.version_submitted" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
    }
    /// A version under review went back to be changed.
    VersionSentBack = "plan.version_sent_back" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
    }
    /// A version was approved.
    VersionApproved = "plan.version_approved" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
        /// An administrator approved what they wrote themselves.
        own: bool,
    }
    /// New cases follow a version from now on.
    VersionActivated = "plan.version_activated" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which one.
        plan_version_id: PlanVersionId,
        /// The one that it took the place of.
        retired_id: Option<PlanVersionId>,
    }
    /// An evaluation or update of a plan was recorded, changed or removed.
    PlanEvaluated = "plan.evaluated" {
        /// Of which plan.
        plan_id: PlanId,
        /// Which record.
        evaluation_id: EvaluationId,
        /// Corrective actions that are not done.
        open_actions: i64,
        /// Whether it was removed.
        deleted: bool,
    }
}
