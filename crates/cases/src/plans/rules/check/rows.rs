//! The rows of stages that kinds of cases go through, and the clocks that run on them.

use std::collections::HashSet;

use heard_kernel::Code;
use serde_json::{Value, json};

use super::Findings;
use crate::plans::{
    model::{ClockRule, Flow, Level, Moment, Plan, StageKind, Text},
    rules::{CaseFacts, kinds::CaseKinds},
};

/// A case would go through two stages of the same kind (`params.kind`).
const STAGE_KIND_TWICE: Code = Code::new("plan_stage_kind_twice", 422);
/// The first and the last stage of a flow are for every case: with one a case is opened, with the other it ends.
const STAGE_NOT_FOR_ALL: Code = Code::new("plan_stage_not_for_all", 422);
/// No kind of case goes through the stage.
const STAGE_IDLE: Code = Code::new("plan_stage_idle", 422);
/// In cases of a type the clock would begin and nothing could fulfil it (`params.case_type`, `params.stage`).
const CLOCK_ENDLESS: Code = Code::new("plan_clock_endless", 422);
/// So it would in some cases of a type, which go without the stage (`params.example` says which, as far as they are known by
/// more than their type).
const CLOCK_ENDLESS_SOME: Code = Code::new("plan_clock_endless_some", 422);
/// No type of case has the stage at which the clock begins (`params.stage`).
const CLOCK_IDLE: Code = Code::new("plan_clock_idle", 422);

/// Every case begins, ends and is in one stage of a kind at most; every stage is for some case.
pub(super) fn check(findings: &mut Findings, plan: &Plan, path: &str, flow: &Flow) {
    let kinds = CaseKinds::of(plan, flow);
    let mut twice = HashSet::new();
    let mut used = HashSet::new();
    for facts in kinds.all() {
        let mut met = HashSet::new();
        for (index, stage) in flow.stages.iter().enumerate() {
            if stage.is_for(plan, facts) {
                used.insert(index);
                if !met.insert(stage.kind) {
                    twice.insert(index);
                }
            }
        }
    }
    let ends = [0, flow.stages.len().saturating_sub(1)];
    for (index, stage) in flow.stages.iter().enumerate() {
        let path = format!("{path}.stages[{index}]");
        if twice.contains(&index) {
            let kind = kind_name(plan, Some(stage.kind));
            findings.add_with(format!("{path}.kind"), STAGE_KIND_TWICE, [("kind", kind)]);
        }
        if ends.contains(&index) && !stage.when.is_open() {
            findings.add(format!("{path}.when"), STAGE_NOT_FOR_ALL);
        } else if !used.contains(&index) {
            findings.add(format!("{path}.when"), STAGE_IDLE);
        }
    }
}

/// A clock that begins in a case can be fulfilled there, and there is a case in which it begins.
pub(super) fn course(findings: &mut Findings, plan: &Plan, path: &str, clock: &ClockRule) {
    let mut begins = false;
    for case_type in &plan.case_types {
        let wanted = clock.when.case_types.is_empty() || clock.when.case_types.contains(&case_type.key);
        let Some(flow) = plan.flow(&case_type.flow).filter(|_| wanted) else { continue };
        let stage = kind_name(plan, stage_of(clock.stop));
        let params = [("case_type", name_of(&case_type.name, &case_type.key)), ("stage", stage)];
        match rows(plan, flow, &case_type.key, clock) {
            Rows::Idle => continue,
            Rows::Sound => {}
            Rows::Endless(_) if !reached(flow, clock.stop) => {
                findings.add_with(format!("{path}.stop"), CLOCK_ENDLESS, params);
            }
            Rows::Endless(example) => {
                let [case_type, stage] = params;
                let example = ("example", said_of(plan, &example));
                findings.add_with(format!("{path}.stop"), CLOCK_ENDLESS_SOME, [case_type, stage, example]);
            }
        }
        begins = true;
    }
    if !begins && !plan.case_types.is_empty() && !plan.flows.is_empty() {
        let stage = kind_name(plan, stage_of(clock.start));
        findings.add_with(format!("{path}.start"), CLOCK_IDLE, [("stage", stage)]);
    }
}

/// What people call something, in both languages; its key while it has no name.
fn name_of(name: &Text, key: &str) -> Value {
    if name.zh.is_empty() && name.en.is_empty() { key.into() } else { json!(name) }
}

/// What the plan calls the stages of a kind: the first of its names.
fn kind_name(plan: &Plan, kind: Option<StageKind>) -> Value {
    let Some(kind) = kind else { return "".into() };
    let mut stages = plan.flows.iter().flat_map(|flow| &flow.stages);
    let found = stages.find(|stage| stage.kind == kind);
    found.map_or_else(|| kind.as_str().into(), |stage| name_of(&stage.name, kind.as_str()))
}

/// By what a kind of case is known beside its type; one of which nothing is known is not classified yet.
fn said_of(plan: &Plan, facts: &CaseFacts<'_>) -> Value {
    let level = |levels: &[Level], key: Option<&str>| {
        let level = levels.iter().find(|level| Some(level.key.as_str()) == key);
        level.map(|level| name_of(&level.name, &level.key))
    };
    let category = plan.categories.iter().find(|category| Some(category.key.as_str()) == facts.category);
    let said: Vec<_> = [
        category.map(|category| name_of(&category.name, &category.key)),
        level(&plan.severities, facts.severity),
        level(&plan.urgencies, facts.urgency),
        level(&plan.difficulties, facts.difficulty),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.is_empty() { json!({ "zh": "尚未分类", "en": "not classified yet" }) } else { said.into() }
}

/// How a clock fares in the rows of a type of case.
enum Rows<'p> {
    /// It does not begin in any.
    Idle,
    /// Where it begins it can be fulfilled.
    Sound,
    /// In some it begins and cannot be fulfilled; one of these.
    Endless(CaseFacts<'p>),
}

fn rows<'p>(plan: &'p Plan, flow: &'p Flow, case_type: &'p str, clock: &ClockRule) -> Rows<'p> {
    if !reached(flow, clock.start) {
        return Rows::Idle;
    }
    let kinds = CaseKinds::of_type(plan, flow, case_type);
    let has = |facts: &CaseFacts<'_>, moment: Moment| {
        let of_kind = |kind| flow.stages.iter().any(|stage| stage.kind == kind && stage.is_for(plan, facts));
        stage_of(moment).is_none_or(of_kind)
    };
    let begins = |facts: &&CaseFacts<'_>| kinds.may_fit(&clock.when, facts) && has(facts, clock.start);
    let such = kinds.all().iter().filter(begins);
    let mut found = Rows::Idle;
    for facts in such {
        if !has(facts, clock.stop) {
            return Rows::Endless(*facts);
        }
        found = Rows::Sound;
    }
    found
}

fn reached(flow: &Flow, moment: Moment) -> bool {
    stage_of(moment).is_none_or(|kind| flow.has(kind))
}

fn stage_of(moment: Moment) -> Option<StageKind> {
    match moment {
        Moment::StageBegun { stage } | Moment::StageDone { stage } => Some(stage),
        Moment::Received | Moment::Archived => None,
    }
}
