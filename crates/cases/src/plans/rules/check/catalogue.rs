//! Types, categories, levels, departments, fields, causes.

use std::collections::HashSet;

use heard_kernel::Code;

use super::{Findings, KEY_TWICE, Keys, PARENT_LATER, REFERENCE_UNKNOWN};
use crate::plans::model::{FieldDef, FieldKind, Level, Plan};

/// The least value is above the greatest.
const BOUNDS_REVERSED: Code = Code::new("plan_bounds_reversed", 422);

pub(super) fn check(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.some("case_types", &plan.case_types);
    findings.keys("case_types", plan.case_types.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.case_types.iter().enumerate() {
        findings.name(format!("case_types[{index}].name"), &item.name);
        findings.known(format!("case_types[{index}].flow"), &keys.flows, &item.flow);
    }
    categories(findings, keys, plan);
    views(findings, keys, plan);
    levels(findings, "severities", &plan.severities);
    levels(findings, "urgencies", &plan.urgencies);
    levels(findings, "difficulties", &plan.difficulties);
    for (index, row) in plan.priorities.iter().enumerate() {
        findings.all_known(&format!("priorities[{index}].severities"), &keys.severities, &row.severities);
        findings.all_known(&format!("priorities[{index}].urgencies"), &keys.urgencies, &row.urgencies);
    }
    findings.keys("departments", plan.departments.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.departments.iter().enumerate() {
        findings.name(format!("departments[{index}].name"), &item.name);
        findings.text(format!("departments[{index}].duty"), &item.duty);
    }
    findings.keys("fields", plan.fields.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.fields.iter().enumerate() {
        field(findings, keys, &format!("fields[{index}]"), item);
    }
    findings.keys("causes", plan.causes.iter().map(|item| item.key.as_str()));
    tree(findings, "causes", plan.causes.iter().map(|item| (item.key.as_str(), item.parent.as_deref())));
    for (index, item) in plan.causes.iter().enumerate() {
        findings.name(format!("causes[{index}].name"), &item.name);
        findings.text(format!("causes[{index}].hint"), &item.hint);
    }
}

fn categories(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.some("categories", &plan.categories);
    findings.keys("categories", plan.categories.iter().map(|item| item.key.as_str()));
    tree(
        findings,
        "categories",
        plan.categories.iter().map(|item| (item.key.as_str(), item.parent.as_deref())),
    );
    for (index, item) in plan.categories.iter().enumerate() {
        let path = format!("categories[{index}]");
        findings.name(format!("{path}.name"), &item.name);
        findings.text(format!("{path}.hint"), &item.hint);
        if let Some(department) = &item.department {
            findings.known(format!("{path}.department"), &keys.departments, department);
        }
        if let Some(severity) = &item.severity {
            findings.known(format!("{path}.severity"), &keys.severities, severity);
        }
        if let Some(difficulty) = &item.difficulty {
            findings.known(format!("{path}.difficulty"), &keys.difficulties, difficulty);
        }
    }
}

/// Every parent stands before its children, so there is no circle.
fn tree<'p>(
    findings: &mut Findings,
    path: &str,
    nodes: impl Iterator<Item = (&'p str, Option<&'p str>)> + Clone,
) {
    let all: HashSet<&str> = nodes.clone().map(|(key, _)| key).collect();
    let mut before = HashSet::new();
    for (index, (key, parent)) in nodes.enumerate() {
        if let Some(parent) = parent.filter(|parent| !before.contains(parent)) {
            let code = if all.contains(parent) { PARENT_LATER } else { REFERENCE_UNKNOWN };
            findings.add_with(format!("{path}[{index}].parent"), code, [("key", parent.into())]);
        }
        before.insert(key);
    }
}

fn views(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.keys("views", plan.views.iter().map(|item| item.key.as_str()));
    for (index, view) in plan.views.iter().enumerate() {
        let path = format!("views[{index}]");
        findings.name(format!("{path}.name"), &view.name);
        findings.some(&format!("{path}.classes"), &view.classes);
        findings.keys(&format!("{path}.classes"), view.classes.iter().map(|class| class.key.as_str()));
        let mut taken = HashSet::new();
        for (place, class) in view.classes.iter().enumerate() {
            let path = format!("{path}.classes[{place}]");
            findings.name(format!("{path}.name"), &class.name);
            findings.all_known(&format!("{path}.categories"), &keys.categories, &class.categories);
            for (position, category) in class.categories.iter().enumerate() {
                if !taken.insert(category) {
                    let path = format!("{path}.categories[{position}]");
                    findings.add_with(path, KEY_TWICE, [("key", category.as_str().into())]);
                }
            }
        }
    }
}

fn levels(findings: &mut Findings, path: &str, levels: &[Level]) {
    findings.some(path, levels);
    findings.keys(path, levels.iter().map(|level| level.key.as_str()));
    for (index, level) in levels.iter().enumerate() {
        findings.name(format!("{path}[{index}].name"), &level.name);
        findings.text(format!("{path}[{index}].hint"), &level.hint);
    }
}

fn field(findings: &mut Findings, keys: &Keys<'_>, path: &str, field: &FieldDef) {
    findings.name(format!("{path}.name"), &field.name);
    findings.text(format!("{path}.hint"), &field.hint);
    if matches!(field.kind, FieldKind::Choice | FieldKind::Choices) {
        findings.some(&format!("{path}.options"), &field.options);
    }
    findings.keys(&format!("{path}.options"), field.options.iter().map(|option| option.key.as_str()));
    for (index, option) in field.options.iter().enumerate() {
        findings.name(format!("{path}.options[{index}].name"), &option.name);
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        findings.add(format!("{path}.max"), BOUNDS_REVERSED);
    }
    findings.all_known(&format!("{path}.case_types"), &keys.case_types, &field.case_types);
    findings.all_known(&format!("{path}.categories"), &keys.categories, &field.categories);
}
