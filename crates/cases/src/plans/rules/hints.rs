//! What a plan holds together without and is likely meant otherwise: told to whoever writes it, in the way of nothing.
//!
//! A plan that was written before it could say something says nothing about it. That is never filled in behind the back of
//! those who approved it; it is told here with what to do.

use std::collections::BTreeMap;

use heard_kernel::{Code, FieldError};
use serde_json::Value;

use super::{Row, kinds::CaseKinds};
use crate::plans::model::{ClockRule, Need, Plan, Playbook, StageKind};

/// No chain of escalation answers to the clocks of tasks (`params.steps` have a limit).
const TASKS_UNESCALATED: Code = Code::new("plan_tasks_unescalated", 422);
/// No chain of escalation answers to the clocks of hand-overs.
const HANDOVERS_UNESCALATED: Code = Code::new("plan_handovers_unescalated", 422);
/// No chain of escalation answers to a clock that a law demands.
const LAW_UNESCALATED: Code = Code::new("plan_law_unescalated", 422);
/// A step is required, and cases of a type (`params.case_type`) leave its stage without it.
const REQUIRED_IDLE: Code = Code::new("plan_required_idle", 422);

/// No team is tied to a department: what is handed to it reaches nobody.
const DEPARTMENT_TEAMLESS: Code = Code::new("plan_department_teamless", 422);
/// No department answers for a category nor for one above it.
const CATEGORY_UNANSWERED: Code = Code::new("plan_category_unanswered", 422);

/// Everything that is likely meant otherwise, in the order of the document.
pub(crate) fn hints(plan: &Plan) -> Vec<FieldError> {
    let mut found = without_team(plan);
    let own = |step: &&crate::plans::model::PlaybookStep| step.limit.is_some() && step.escalation.is_none();
    let unescalated = plan.playbooks.iter().flat_map(|playbook| &playbook.steps).filter(own).count();
    if plan.chains.tasks.is_none() && !plan.playbooks.is_empty() {
        found.push(hint("chains.tasks", TASKS_UNESCALATED, [("steps", unescalated.into())]));
    }
    let hands_over = plan.flows.iter().any(|flow| {
        flow.has(StageKind::HandOver)
            || flow.stages.iter().any(|stage| stage.needs.contains(&Need::HandoversClosed))
    });
    if plan.chains.handovers.is_none() && hands_over {
        found.push(hint("chains.handovers", HANDOVERS_UNESCALATED, []));
    }
    let silent = |clock: &ClockRule| clock.enabled && clock.law.is_some() && clock.escalation.is_none();
    for (index, _) in plan.clocks.iter().enumerate().filter(|(_, clock)| silent(clock)) {
        found.push(hint(format!("clocks[{index}].escalation"), LAW_UNESCALATED, []));
    }
    for (index, playbook) in plan.playbooks.iter().enumerate() {
        for (place, step) in playbook.steps.iter().enumerate() {
            let Some(stage) = step.stage.filter(|_| step.required) else { continue };
            if let Some(case_type) = passes_without(plan, playbook, stage) {
                let path = format!("playbooks[{index}].steps[{place}].required");
                found.push(hint(path, REQUIRED_IDLE, [("case_type", case_type.into())]));
            }
        }
    }
    found
}

/// Departments to which no team is tied, and categories for which no department answers.
fn without_team(plan: &Plan) -> Vec<FieldError> {
    let unanswered = |key: &str| plan.department_of(key).is_none();
    let above = |parent: Option<&str>| parent.is_some_and(unanswered);
    // What lies below says the same as its highest node.
    let categories = plan
        .categories
        .iter()
        .enumerate()
        .filter(|(_, category)| unanswered(&category.key) && !above(category.parent.as_deref()));
    let categories =
        categories.map(|(index, _)| hint(format!("categories[{index}].department"), CATEGORY_UNANSWERED, []));
    let departments =
        plan.departments.iter().enumerate().filter(|(_, department)| department.team_id.is_none());
    let departments =
        departments.map(|(index, _)| hint(format!("departments[{index}].team_id"), DEPARTMENT_TEAMLESS, []));
    categories.chain(departments).collect()
}

/// The key of a type of case of which some have the playbook and leave the stage without required tasks being asked for.
fn passes_without<'p>(plan: &'p Plan, playbook: &Playbook, stage: StageKind) -> Option<&'p str> {
    let lets_pass =
        |row: &Row<'_>| row.stage_of(stage).is_some_and(|stage| !stage.needs.contains(&Need::TasksDone));
    plan.case_types
        .iter()
        .filter_map(|case_type| Some((case_type, plan.flow(&case_type.flow)?)))
        .find(|(case_type, flow)| {
            let kinds = CaseKinds::of_type(plan, flow, &case_type.key);
            let mut such = kinds.all().iter().filter(|facts| kinds.may_fit(&playbook.when, facts));
            such.any(|facts| plan.row_of(facts).is_some_and(|row| lets_pass(&row)))
        })
        .map(|(case_type, _)| case_type.key.as_str())
}

fn hint<const N: usize>(
    path: impl Into<String>,
    code: Code,
    params: [(&'static str, Value); N],
) -> FieldError {
    FieldError { field: path.into(), code, params: BTreeMap::from(params) }
}
