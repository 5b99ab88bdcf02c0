//! Intake rules.

use heard_kernel::Code;

use super::{Findings, Keys, LIST_TOO_LONG};
use crate::plans::model::{IntakeRule, Plan};

/// The rule says neither words nor tags, so it would make a case of every conversation.
const WHEN_EMPTY: Code = Code::new("plan_intake_when_empty", 422);

/// Rules of a plan: every message of a customer is held against all of them.
const MAX_RULES: usize = 100;
/// Inboxes or tags of a rule.
const MAX_PLACES: usize = 200;

pub(super) fn check(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.keys("intake", plan.intake.iter().map(|item| item.key.as_str()));
    if plan.intake.len() > MAX_RULES {
        findings.add_with("intake", LIST_TOO_LONG, [("max", MAX_RULES.into())]);
    }
    for (index, item) in plan.intake.iter().enumerate() {
        rule(findings, keys, &format!("intake[{index}]"), item);
    }
}

fn rule(findings: &mut Findings, keys: &Keys<'_>, path: &str, rule: &IntakeRule) {
    findings.name(format!("{path}.name"), &rule.name);
    let (when, then) = (&rule.when, &rule.then);
    if when.words.is_empty() && when.tags.is_empty() {
        findings.add(format!("{path}.when"), WHEN_EMPTY);
    }
    findings.words(&format!("{path}.when.words"), &when.words);
    for (name, length) in [("inbox_ids", when.inbox_ids.len()), ("tags", when.tags.len())] {
        if length > MAX_PLACES {
            findings.add_with(format!("{path}.when.{name}"), LIST_TOO_LONG, [("max", MAX_PLACES.into())]);
        }
    }
    findings.known(format!("{path}.then.case_type"), &keys.case_types, &then.case_type);
    if let Some(category) = &then.category {
        findings.known(format!("{path}.then.category"), &keys.categories, category);
    }
    if let Some(severity) = &then.severity {
        findings.known(format!("{path}.then.severity"), &keys.severities, severity);
    }
}
