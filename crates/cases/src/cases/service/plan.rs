//! A case follows another version of the plan.

use heard_kernel::{Error, Result};
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    events::Moved,
    model::{Case, CaseId},
};
use super::{check_active, clocks, fields::PLAN_KEY_UNKNOWN, stages};
use crate::{
    plans::{self, PlanVersionId},
    rights,
};

/// Moves a case to another version of the plan, with a reason. What the version does not have any more is emptied; the
/// stage is the one that answers to the present one; the clocks follow.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn move_to_version(tx: &Tx<'_>, id: CaseId, version: PlanVersionId, reason: &str) -> Result<Case> {
    tx.actor().require(rights::MANAGE)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let reason = stages::given_reason(reason)?;
    if edit.after.plan_version_id == version {
        return Ok(edit.after);
    }
    let former = edit.after.plan_version_id;
    edit.plan = plans::pinned(tx, version).await?;
    let plan = &edit.plan.plan;
    let case = &mut edit.after;
    if plan.case_type(&case.type_key).is_none() {
        return Err(Error::field("plan_version_id", PLAN_KEY_UNKNOWN).with("key", &case.type_key));
    }
    case.plan_version_id = version;
    case.category_key = case.category_key.take().filter(|key| plan.category(key).is_some());
    case.severity_key = case.severity_key.take().filter(|key| plan.severity(key).is_some());
    case.urgency_key = case.urgency_key.take().filter(|key| plan.urgency(key).is_some());
    case.difficulty_key = case.difficulty_key.take().filter(|key| plan.difficulty(key).is_some());
    case.cause_key = case.cause_key.take().filter(|key| plan.cause(key).is_some());
    let department = case.category_key.as_deref().and_then(|key| plan.department_of(key));
    case.department_key = department.map(|department| department.key.clone());
    tx.emit(&Moved {
        standing: (&*case).into(),
        plan_version_id: version.into(),
        former_plan_version_id: former.into(),
        reason: reason.clone(),
    })?;
    stages::replace_flow(tx, &mut edit, &reason).await?;
    clocks::sync(tx, &mut edit, &reason).await?;
    edit.save(tx).await
}
