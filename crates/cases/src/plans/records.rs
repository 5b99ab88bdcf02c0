//! Plans and their versions as they are stored. What a version says is a [`Plan`].

use std::ops::Deref;

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Columns, FromRow, Json, Row, id_type, words};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Plan, Text};

id_type!(
    /// Names a plan.
    PlanId
);
id_type!(
    /// Names a version of a plan.
    PlanVersionId
);

words! {
    /// Where a version of a plan stands.
    #[schema(as = PlanVersionState)]
    VersionState {
        /// It is being written.
        Draft => "draft",
        /// Somebody else looks at it.
        Review => "review",
        /// It may be activated.
        Approved => "approved",
        /// New cases follow it.
        Active => "active",
        /// It was active; cases that began under it still follow it.
        Retired => "retired",
    }
}

words! {
    /// What was done with a version of a plan.
    #[schema(as = PlanStepKind)]
    StepDone {
        /// It was begun.
        Created => "created",
        /// It was given to review.
        Submitted => "submitted",
        /// It went back to be changed.
        SentBack => "sent_back",
        /// It was approved.
        Approved => "approved",
        /// It became the one that new cases follow.
        Activated => "activated",
        /// Another one took its place.
        Retired => "retired",
    }
}

/// A plan: the line of its versions.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanLine {
    /// Which one.
    pub id: PlanId,
    /// Its key, as in the pack that it came from or given by hand.
    pub key: String,
    /// Name.
    pub name: Text,
    /// The key of the pack that it began with.
    pub pack: String,
    /// Cases follow it when nothing else is said. Exactly one plan is.
    pub is_default: bool,
    /// The version that new cases follow.
    pub active_version_id: Option<PlanVersionId>,
    /// The highest number given to a version.
    pub last_no: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`PlanLine`], in its order.
pub(super) const LINE: &str =
    "id, key, name, pack, is_default, active_version_id, last_no, created_at, updated_at, version";

impl FromRow for PlanLine {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            key: columns.next()?,
            name: columns.next::<Json<Text>>()?.0,
            pack: columns.next()?,
            is_default: columns.next()?,
            active_version_id: columns.next()?,
            last_no: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
            version: columns.next()?,
        })
    }
}

/// A version of a plan, without what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanVersion {
    /// Which one.
    pub id: PlanVersionId,
    /// Of which plan.
    pub plan_id: PlanId,
    /// Its number within the plan.
    pub no: i64,
    /// Where it stands.
    pub state: VersionState,
    /// The version that it was begun from.
    pub based_on_id: Option<PlanVersionId>,
    /// What it changes and why.
    pub note: String,
    /// Who saved it last.
    pub edited_by: Option<UserId>,
    /// Who gave it to review last.
    pub submitted_by: Option<UserId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`PlanVersion`], in its order.
pub(super) const VERSION: &str = "id, plan_id, no, state, based_on_id, note, edited_by, submitted_by, created_at, \
                                  updated_at, version";

impl FromRow for PlanVersion {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            plan_id: columns.next()?,
            no: columns.next()?,
            state: columns.next()?,
            based_on_id: columns.next()?,
            note: columns.next()?,
            edited_by: columns.next()?,
            submitted_by: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
            version: columns.next()?,
        })
    }
}

/// A thing that was done with a version: who, when, why.
#[derive(Clone, PartialEq, Debug)]
pub struct VersionStep {
    /// What.
    pub step: StepDone,
    /// Who; absent for Heard itself.
    pub user_id: Option<UserId>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

impl FromRow for VersionStep {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { step: row.get(0)?, user_id: row.get(1)?, reason: row.get(2)?, at: row.get(3)? })
    }
}

/// The plan that a case follows: a version with what it says. Derefs to the [`Plan`].
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PinnedPlan)]
pub struct Pinned {
    /// The plan.
    pub plan_id: PlanId,
    /// The version.
    pub version_id: PlanVersionId,
    /// The version's number within the plan.
    pub no: i64,
    /// What the version says.
    pub plan: Plan,
}

impl Deref for Pinned {
    type Target = Plan;
    fn deref(&self) -> &Plan {
        &self.plan
    }
}
