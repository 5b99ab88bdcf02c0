//! Flows and the clocks that run on them.

use heard_kernel::{
    Code,
    clock_policy::{Limit, Policy},
};

use super::{Findings, Keys, rows, rules::condition};
use crate::plans::model::{ClockRule, Flow, Plan, StepMoment};

/// The chain of escalation has a step at a share at which the clock does not warn (`params.share`).
const SHARE_UNWARNED: Code = Code::new("plan_share_unwarned", 422);
/// A reminder would come more often than anybody can look (`params.min` minutes).
const INTERVAL_SHORT: Code = Code::new("plan_interval_short", 422);
/// Minutes between two reminders at least.
const LEAST_INTERVAL: i64 = 15;
/// Days that a closing rule can name.
const MAX_DAYS: i64 = 3_650;

pub(super) fn check(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan) {
    findings.some("flows", &plan.flows);
    findings.keys("flows", plan.flows.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.flows.iter().enumerate() {
        flow(findings, keys, &format!("flows[{index}]"), item);
        rows::check(findings, plan, &format!("flows[{index}]"), item);
    }
    findings.keys("clocks", plan.clocks.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.clocks.iter().enumerate() {
        clock(findings, keys, plan, &format!("clocks[{index}]"), item);
    }
    findings.keys("reminders", plan.reminders.iter().map(|item| item.key.as_str()));
    for (index, item) in plan.reminders.iter().enumerate() {
        let path = format!("reminders[{index}]");
        findings.name(format!("{path}.name"), &item.name);
        condition(findings, keys, &format!("{path}.when"), &item.when);
        findings.some(&format!("{path}.stages"), &item.stages);
        findings.policy(&format!("{path}.every"), &Policy::new(item.every));
        let short = match item.every {
            Limit::WorkingMinutes { minutes } | Limit::CalendarMinutes { minutes } => {
                minutes < LEAST_INTERVAL
            }
            Limit::WorkingDays { days, .. } => days == 0,
            Limit::Instant { .. } => false,
        };
        if short {
            findings.add_with(format!("{path}.every"), INTERVAL_SHORT, [("min", LEAST_INTERVAL.into())]);
        }
    }
    let closing = &plan.closing;
    for (name, days) in [
        ("silent_days", closing.silent_days),
        ("reopen_days", closing.reopen_days),
        ("repeat_days", closing.repeat_days),
    ] {
        findings.within(format!("closing.{name}"), days.into(), 0, MAX_DAYS);
    }
}

fn flow(findings: &mut Findings, keys: &Keys<'_>, path: &str, flow: &Flow) {
    findings.name(format!("{path}.name"), &flow.name);
    findings.some(&format!("{path}.stages"), &flow.stages);
    findings.keys(&format!("{path}.stages"), flow.stages.iter().map(|stage| stage.key.as_str()));
    for (index, stage) in flow.stages.iter().enumerate() {
        let path = format!("{path}.stages[{index}]");
        findings.name(format!("{path}.name"), &stage.name);
        findings.text(format!("{path}.hint"), &stage.hint);
        condition(findings, keys, &format!("{path}.when"), &stage.when);
    }
}

fn clock(findings: &mut Findings, keys: &Keys<'_>, plan: &Plan, path: &str, clock: &ClockRule) {
    findings.name(format!("{path}.name"), &clock.name);
    findings.text(format!("{path}.source"), &clock.source);
    condition(findings, keys, &format!("{path}.when"), &clock.when);
    findings.policy(&format!("{path}.policy"), &clock.policy);
    let limits = clock.extension.iter().flat_map(|extension| &extension.limits);
    for (index, limit) in limits.enumerate() {
        findings.policy(&format!("{path}.extension.limits[{index}]"), &Policy::new(*limit));
    }
    if let Some(extension) = &clock.extension {
        findings.some(&format!("{path}.extension.limits"), &extension.limits);
        findings.text(format!("{path}.extension.hint"), &extension.hint);
    }
    if let Some(escalation) = &clock.escalation {
        findings.known(format!("{path}.escalation"), &keys.escalations, escalation);
        shares(findings, plan, path, clock, escalation);
    }
    if clock.enabled {
        rows::course(findings, plan, path, clock);
    }
}

/// The steps of the chain come at shares at which the clock warns; the breach comes by itself.
fn shares(findings: &mut Findings, plan: &Plan, path: &str, clock: &ClockRule, escalation: &str) {
    for step in plan.escalation(escalation).iter().flat_map(|chain| &chain.steps) {
        if let StepMoment::Share { share } = step.at
            && share != 100
            && !clock.policy.warn_at.contains(&share)
        {
            findings.add_with(format!("{path}.escalation"), SHARE_UNWARNED, [("share", share.into())]);
        }
    }
}
