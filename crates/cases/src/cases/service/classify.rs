//! What kind of case it is. Priority, department, clocks follow from it.

use heard_kernel::{Error, Result};
use heard_platform::directory::TeamId;
use heard_runtime::Tx;
use heard_web::wire::given;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::{
    edit::{Edit, facts},
    model::{Case, CaseId},
};
use super::{check_active, check_version, clocks, fields::PLAN_KEY_UNKNOWN, stages};
use crate::{plans::Plan, rights};

/// How a case is classified. What is absent stays as it is.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
#[schema(as = CaseClassification)]
pub struct Classification {
    /// Key of the type.
    pub type_key: Option<String>,
    /// Key of the category.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub category_key: Option<Option<String>>,
    /// Key of the severity.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub severity_key: Option<Option<String>>,
    /// Key of the urgency.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub urgency_key: Option<Option<String>>,
    /// Key of the difficulty.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub difficulty_key: Option<Option<String>>,
    /// Whether it can be solved at once, as judged on receipt.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<bool>)]
    pub solvable_at_once: Option<Option<bool>>,
}

/// Classifies a case: the clocks that its kind demands are started, replaced or called off.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `version_conflict` when a version is given,
/// `validation_failed`; the storage codes.
pub async fn classify(tx: &Tx<'_>, id: CaseId, version: Option<i64>, wish: Classification) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    if let Some(version) = version {
        check_version(&edit.after, version)?;
    }
    sort(tx, &mut edit, wish).await?;
    edit.save(tx).await
}

/// Sets what kind of case it is and what follows from that; the caller saves.
pub(crate) async fn sort(tx: &Tx<'_>, edit: &mut Edit, wish: Classification) -> Result<()> {
    let plan = std::sync::Arc::clone(&edit.plan);
    let flow_key = |case: &Case| plan.plan.case_type(&case.type_key).map(|case_type| case_type.flow.clone());
    let former = edit.after.clone();
    set_kind(&mut edit.after, &plan.plan, wish)?;
    if flow_key(&former) != flow_key(&edit.after) {
        stages::replace_flow(tx, edit, "").await?;
    } else if let Some(row) = plan.plan.row_of(&facts(&former)) {
        stages::follow_row(tx, edit, &row).await?;
    }
    clocks::sync(tx, edit, "").await
}

/// Sets what kind of case it is, with the department that is responsible. No storage.
pub(crate) fn set_kind(case: &mut Case, plan: &Plan, wish: Classification) -> Result<()> {
    if let Some(key) = wish.type_key {
        known(plan.case_type(&key).is_some(), "type_key", &key)?;
        case.type_key = key;
    }
    if let Some(key) = wish.category_key {
        check_key("category_key", key.as_deref(), |key| plan.category(key).is_some())?;
        let department = key.as_deref().and_then(|key| plan.department_of(key));
        case.department_key = department.map(|department| department.key.clone());
        case.team_id = case.team_id.or(department.and_then(|department| department.team_id));
        case.category_key = key;
    }
    if let Some(key) = wish.severity_key {
        check_key("severity_key", key.as_deref(), |key| plan.severity(key).is_some())?;
        case.severity_key = key;
    }
    if let Some(key) = wish.urgency_key {
        check_key("urgency_key", key.as_deref(), |key| plan.urgency(key).is_some())?;
        case.urgency_key = key;
    }
    if let Some(key) = wish.difficulty_key {
        check_key("difficulty_key", key.as_deref(), |key| plan.difficulty(key).is_some())?;
        case.difficulty_key = key;
    }
    case.solvable_at_once = wish.solvable_at_once.unwrap_or(case.solvable_at_once);
    case.priority = plan.priority(case.severity_key.as_deref(), case.urgency_key.as_deref());
    Ok(())
}

fn check_key(field: &'static str, key: Option<&str>, is_known: impl Fn(&str) -> bool) -> Result<()> {
    key.map_or(Ok(()), |key| known(is_known(key), field, key))
}

fn known(is_known: bool, field: &'static str, key: &str) -> Result<()> {
    if is_known { Ok(()) } else { Err(Error::field(field, PLAN_KEY_UNKNOWN).with("key", key)) }
}

/// The team of the department that is responsible for a case.
pub(crate) fn responsible_team(case: &Case, plan: &Plan) -> Option<TeamId> {
    case.department_key
        .as_deref()
        .and_then(|key| plan.department(key))
        .and_then(|department| department.team_id)
}

/// Raises the severity by one level; nothing happens at the gravest. For escalations.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn raise_severity(tx: &Tx<'_>, id: CaseId) -> Result<Option<Case>> {
    let mut edit = Edit::open(tx, id).await?;
    let above = edit.after.severity_key.as_deref().and_then(|key| edit.plan.plan.severity_above(key));
    let Some(key) = above.map(|level| level.key.clone()) else { return Ok(None) };
    sort(tx, &mut edit, Classification { severity_key: Some(Some(key)), ..Classification::default() })
        .await?;
    edit.save(tx).await.map(Some)
}
