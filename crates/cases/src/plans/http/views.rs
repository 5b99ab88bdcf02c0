//! What callers see.

use std::collections::{BTreeMap, HashMap};

use heard_kernel::{FieldError, Locale, Result, Timestamp};
use heard_platform::directory::{Directory, UserId, UserRef};
use heard_runtime::Ctx;
use heard_web::texts;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::plans::{
    model::{Plan, Text},
    records::{PlanId, PlanLine, PlanVersion, PlanVersionId, StepDone, VersionState, VersionStep},
};

/// A plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanSummary {
    /// Which one.
    pub id: PlanId,
    /// Its key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// The key of the pack that it began with.
    pub pack: String,
    /// Cases follow it when nothing else is said.
    pub is_default: bool,
    /// The version that new cases follow.
    #[schema(required = true)]
    pub active_version_id: Option<PlanVersionId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

impl From<PlanLine> for PlanSummary {
    fn from(line: PlanLine) -> Self {
        Self {
            id: line.id,
            key: line.key,
            name: line.name,
            pack: line.pack,
            is_default: line.is_default,
            active_version_id: line.active_version_id,
            created_at: line.created_at,
            updated_at: line.updated_at,
            version: line.version,
        }
    }
}

/// A plan with its versions.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanView {
    /// The plan.
    pub plan: PlanSummary,
    /// Its versions, the newest first.
    pub versions: Vec<PlanVersionInfo>,
}

/// A version of a plan, without what it says.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanVersionInfo {
    /// Which one.
    pub id: PlanVersionId,
    /// Of which plan.
    pub plan_id: PlanId,
    /// Its number within the plan.
    pub no: i64,
    /// Where it stands.
    pub state: VersionState,
    /// The version that it was begun from.
    #[schema(required = true)]
    pub based_on_id: Option<PlanVersionId>,
    /// What it changes and why.
    pub note: String,
    /// Who saved it last; absent for Heard itself.
    #[schema(required = true)]
    pub edited_by: Option<UserRef>,
    /// Who gave it to review last.
    #[schema(required = true)]
    pub submitted_by: Option<UserRef>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

/// A version of a plan with all that it says.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanVersionView {
    /// The version.
    pub info: PlanVersionInfo,
    /// What it says.
    pub content: Plan,
    /// What was done with it, oldest first.
    pub steps: Vec<PlanStepView>,
    /// What is still wrong with it.
    pub problems: Vec<PlanProblem>,
    /// What holds together and is likely meant otherwise, such as clocks that no chain of escalation answers to; in the way
    /// of nothing.
    pub hints: Vec<PlanProblem>,
}

/// A thing that was done with a version.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = PlanVersionStep)]
pub(crate) struct PlanStepView {
    /// What.
    pub step: StepDone,
    /// Who; absent for Heard itself.
    #[schema(required = true)]
    pub user: Option<UserRef>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Something that is wrong with a plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct PlanProblem {
    /// Where, as `clocks[2].policy.days`.
    pub field: String,
    /// The stable code.
    pub code: &'static str,
    /// What is wrong and what to do, in the caller's language.
    pub message: String,
    /// Values that belong to the code.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub params: BTreeMap<&'static str, Value>,
}

/// Errors in words.
pub(crate) fn problems(locale: Locale, errors: Vec<FieldError>) -> Vec<PlanProblem> {
    let one = |error: FieldError| PlanProblem {
        message: texts::field_message(locale, error.code.id, &error.params),
        field: error.field,
        code: error.code.id,
        params: error.params,
    };
    errors.into_iter().map(one).collect()
}

/// The people that are mentioned.
pub(crate) struct People(HashMap<Uuid, UserRef>);

impl People {
    /// Looks them up.
    ///
    /// # Errors
    /// The storage codes.
    pub(crate) async fn find(ctx: &Ctx, ids: Vec<Option<UserId>>) -> Result<Self> {
        let ids: Vec<Uuid> = ids.into_iter().flatten().map(|id| id.0).collect();
        Ok(Self(Directory::of(ctx).users(ctx, &ids).await?))
    }

    /// One of them; one who is gone has no name.
    pub(crate) fn get(&self, id: Option<UserId>) -> Option<UserRef> {
        let id = id?;
        let gone = || UserRef { id, name: String::new(), avatar_attachment_id: None };
        Some(self.0.get(&id.0).cloned().unwrap_or_else(gone))
    }
}

pub(crate) fn info(version: PlanVersion, people: &People) -> PlanVersionInfo {
    PlanVersionInfo {
        id: version.id,
        plan_id: version.plan_id,
        no: version.no,
        state: version.state,
        based_on_id: version.based_on_id,
        note: version.note,
        edited_by: people.get(version.edited_by),
        submitted_by: people.get(version.submitted_by),
        created_at: version.created_at,
        updated_at: version.updated_at,
        version: version.version,
    }
}

pub(crate) fn step(step: VersionStep, people: &People) -> PlanStepView {
    PlanStepView { step: step.step, user: people.get(step.user_id), reason: step.reason, at: step.at }
}
