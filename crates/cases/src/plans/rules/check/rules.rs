//! Escalations, alarms, playbooks, remedies.

use heard_kernel::{Code, REQUIRED, clock_policy::Policy};
use heard_platform::rights::BuiltIn;

use super::{Findings, Keys, REFERENCE_UNKNOWN};
use crate::plans::model::{Action, Condition, Plan, Playbook, Recipient, Remedy, StepMoment};

/// There is no built-in role of this key (`params.role`).
const ROLE_UNKNOWN: Code = Code::new("plan_role_unknown", 422);

pub(super) fn check(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.keys("escalations", plan.escalations.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.escalations.iter().enumerate() {
        let path = format!("escalations[{index}]");
        findings.name(format!("{path}.name"), &item.name);
        findings.some(&format!("{path}.steps"), &item.steps);
        for (place, step) in item.steps.iter().enumerate() {
            let path = format!("{path}.steps[{place}]");
            match step.at {
                StepMoment::Share { share } => {
                    findings.within(format!("{path}.at.share"), share.into(), 1, 1_000)
                }
                StepMoment::Overdue { minutes } => {
                    findings.within(format!("{path}.at.minutes"), minutes.into(), 1, 525_600)
                }
            }
            actions(findings, keys, &path, &step.actions);
        }
    }
    for (name, chain) in [("tasks", &plan.chains.tasks), ("handovers", &plan.chains.handovers)] {
        if let Some(chain) = chain {
            findings.known(format!("chains.{name}"), &keys.escalations, chain);
        }
    }
    findings.keys("alarms", plan.alarms.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.alarms.iter().enumerate() {
        let path = format!("alarms[{index}]");
        findings.name(format!("{path}.name"), &item.name);
        condition(findings, keys, &format!("{path}.when"), &item.when);
        actions(findings, keys, &path, &item.actions);
    }
    findings.keys("playbooks", plan.playbooks.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.playbooks.iter().enumerate() {
        playbook(findings, keys, &format!("playbooks[{index}]"), item);
    }
    findings.keys("remedies", plan.remedies.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.remedies.iter().enumerate() {
        remedy(findings, &format!("remedies[{index}]"), item);
    }
}

/// The keys that a condition names.
pub(super) fn condition(findings: &mut Findings, keys: &Keys<'_>, path: &str, condition: &Condition) {
    findings.all_known(&format!("{path}.case_types"), &keys.case_types, &condition.case_types);
    findings.all_known(&format!("{path}.categories"), &keys.categories, &condition.categories);
    findings.all_known(&format!("{path}.severities"), &keys.severities, &condition.severities);
    findings.all_known(&format!("{path}.urgencies"), &keys.urgencies, &condition.urgencies);
    findings.all_known(&format!("{path}.difficulties"), &keys.difficulties, &condition.difficulties);
    for (index, class) in condition.classes.iter().enumerate() {
        if !keys.classes.contains(class) {
            let path = format!("{path}.classes[{index}]");
            findings.add_with(path, REFERENCE_UNKNOWN, [("key", class.as_str().into())]);
        }
    }
}

fn actions(findings: &mut Findings, keys: &Keys<'_>, path: &str, actions: &[Action]) {
    findings.some(&format!("{path}.actions"), actions);
    for (index, action) in actions.iter().enumerate() {
        let path = format!("{path}.actions[{index}]");
        match action {
            Action::Notify { to } => findings.some::<Recipient>(&format!("{path}.to"), to),
            Action::Reassign { department } => {
                findings.known(format!("{path}.department"), &keys.departments, department);
            }
            Action::JoinDepartments { departments } => {
                findings.some(&format!("{path}.departments"), departments);
                findings.all_known(&format!("{path}.departments"), &keys.departments, departments);
            }
            Action::RaiseSeverity | Action::ReportToSuperior => {}
        }
    }
}

fn playbook(findings: &mut Findings, keys: &Keys<'_>, path: &str, playbook: &Playbook) {
    findings.name(format!("{path}.name"), &playbook.name);
    condition(findings, keys, &format!("{path}.when"), &playbook.when);
    findings.some(&format!("{path}.steps"), &playbook.steps);
    findings.keys(&format!("{path}.steps"), playbook.steps.iter().map(|step| step.key.as_str()));
    for (index, step) in playbook.steps.iter().enumerate() {
        let path = format!("{path}.steps[{index}]");
        findings.name(format!("{path}.title"), &step.title);
        findings.text(format!("{path}.detail"), &step.detail);
        if let Some(department) = &step.department {
            findings.known(format!("{path}.department"), &keys.departments, department);
        }
        if let Some(chain) = &step.escalation {
            findings.known(format!("{path}.escalation"), &keys.escalations, chain);
        }
        if let Some(limit) = step.limit {
            findings.policy(&format!("{path}.limit"), &Policy::new(limit));
        }
    }
}

fn remedy(findings: &mut Findings, path: &str, remedy: &Remedy) {
    findings.name(format!("{path}.name"), &remedy.name);
    for (index, authority) in remedy.authority.iter().enumerate() {
        let path = format!("{path}.authority[{index}]");
        if authority.role.is_empty() {
            findings.add(format!("{path}.role"), REQUIRED);
        } else if BuiltIn::ALL.iter().all(|role| role.key() != authority.role) {
            findings.add_with(
                format!("{path}.role"),
                ROLE_UNKNOWN,
                [("role", authority.role.as_str().into())],
            );
        }
        if let Some(up_to) = authority.up_to {
            findings.within(format!("{path}.up_to"), up_to, 0, i64::from(u32::MAX) * 1_000);
        }
    }
}
