//! An evaluation or update of a plan.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Columns, FromRow, Json, Row, id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::plans::records::{PlanId, PlanVersionId};

id_type!(
    /// Names an evaluation or update of a plan.
    EvaluationId
);

words! {
    /// What is recorded.
    #[schema(as = PlanEvaluationKind)]
    EvaluationKind {
        /// The plan was evaluated.
        Evaluation => "evaluation",
        /// The plan was brought up to date.
        Update => "update",
    }
}

/// What was written down.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PlanFindings)]
pub struct Findings {
    /// What for.
    pub purpose: String,
    /// What principles guided it.
    pub principles: String,
    /// What was looked at.
    pub scope: String,
    /// How: figures, samples of cases, interviews.
    pub method: String,
    /// What was found.
    pub findings: String,
    /// What is to change in the plan.
    pub changes: String,
    /// What putting it into practice takes.
    pub implementation: String,
    /// Who sees to it that it happens, and how.
    pub supervision: String,
}

words! {
    /// Of which section of a plan something is.
    #[schema(as = ActionTargetSection)]
    TargetSection {
        /// A node of the tree of causes.
        Cause => "cause",
        /// A category.
        Category => "category",
    }
}

/// What a corrective action is against.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ActionTarget)]
pub struct Target {
    /// Of which section of the plan.
    pub section: TargetSection,
    /// Its key there.
    pub key: String,
}

/// A corrective action.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CorrectiveAction)]
pub struct Action {
    /// What is to be done.
    pub title: String,
    /// Who does it.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// By which day, as 2026-12-31.
    #[serde(default)]
    pub due_on: Option<String>,
    /// Whether it is done.
    #[serde(default)]
    pub done: bool,
    /// On which day it was done, as 2026-12-31, when that is known.
    #[serde(default)]
    pub done_on: Option<String>,
    /// What came of it.
    #[serde(default)]
    pub outcome: String,
    /// The cause or category whose cases are to become fewer by it.
    #[serde(default)]
    pub about: Option<Target>,
}

/// An evaluation or update of a plan as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// Which one.
    pub id: EvaluationId,
    /// Of which plan.
    pub plan_id: PlanId,
    /// The version that was looked at, or that the update led to.
    pub plan_version_id: Option<PlanVersionId>,
    /// What is recorded.
    pub kind: EvaluationKind,
    /// Title.
    pub title: String,
    /// First day of the period looked at.
    pub period_from: Option<String>,
    /// Its last day.
    pub period_to: Option<String>,
    /// What was written down.
    pub findings: Findings,
    /// Corrective actions.
    pub actions: Vec<Action>,
    /// Actions that are not done.
    pub open_actions: i64,
    /// Who recorded it.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`Evaluation`], in its order.
pub(super) const COLUMNS: &str = "id, plan_id, plan_version_id, kind, title, period_from, period_to, findings, \
                                  actions, open_actions, created_by, created_at, updated_at, version";

impl FromRow for Evaluation {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            plan_id: columns.next()?,
            plan_version_id: columns.next()?,
            kind: columns.next()?,
            title: columns.next()?,
            period_from: columns.next()?,
            period_to: columns.next()?,
            findings: columns.next::<Json<Findings>>()?.0,
            actions: columns.next::<Json<Vec<Action>>>()?.0,
            open_actions: columns.next()?,
            created_by: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
            version: columns.next()?,
        })
    }
}
