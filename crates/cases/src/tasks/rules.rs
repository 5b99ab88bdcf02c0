//! Which tasks the plan gives a case, and what comes of them. No storage.

use heard_kernel::{Code, Error, Result};

use super::model::{Task, TaskState};
use crate::{
    cases::{Case, Demand},
    plans::{CaseFacts, Plan, Playbook, PlaybookStep, Row, StageKind, StepKind},
};

/// A demand that is not reasonable needs an explanation for the customer.
pub(crate) const EXPLANATION_MISSING: Code = Code::new("explanation_missing", 422);

/// How a checklist is brought in line.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Steps<'p> {
    /// Steps that the case lacks, with their places.
    pub(crate) add: Vec<(&'p Playbook, &'p PlaybookStep, i64)>,
    /// Tasks whose playbook does not fit any more.
    pub(crate) aside: Vec<Task>,
    /// Tasks whose playbook fits again.
    pub(crate) back: Vec<Task>,
}

/// Compares the checklist of a case with its plan. What was ended stays as it is.
pub(crate) fn compare<'p>(plan: &'p Plan, facts: &CaseFacts<'_>, tasks: &[Task]) -> Steps<'p> {
    let fitting = plan.playbooks_for(facts);
    let is = |task: &Task, playbook: &Playbook, step: &PlaybookStep| {
        task.playbook_key == playbook.key && task.step_key == step.key
    };
    let mut steps = Steps::default();
    let mut place = tasks.iter().map(|task| task.place).max().unwrap_or(0);
    for playbook in &fitting {
        for step in &playbook.steps {
            match tasks.iter().find(|task| is(task, playbook, step)) {
                Some(task) if task.state == TaskState::Aside => steps.back.push(task.clone()),
                Some(_) => {}
                None => {
                    place += 1;
                    steps.add.push((playbook, step, place));
                }
            }
        }
    }
    let fits = |task: &Task| {
        let mut of_fitting =
            fitting.iter().flat_map(|playbook| playbook.steps.iter().map(move |step| (playbook, step)));
        of_fitting.any(|(playbook, step)| is(task, playbook, step))
    };
    let from_playbook = |task: &&Task| !task.playbook_key.is_empty();
    let open = tasks.iter().filter(from_playbook).filter(|task| task.state == TaskState::Open);
    steps.aside = open.filter(|task| !fits(task)).cloned().collect();
    steps
}

/// The stage at which a step is due in a case. What is to be established is so while the case is handled, when it goes through
/// no stage for it.
pub(crate) fn stage_of(row: Option<&Row<'_>>, step: &PlaybookStep) -> Option<StageKind> {
    let has = |kind| row.is_none_or(|row| row.stage_of(kind).is_some());
    match step.stage {
        Some(StageKind::Examine) if !has(StageKind::Examine) => Some(StageKind::Handle),
        stage => stage,
    }
}

/// Whether it counts for the stages that ask for required tasks.
pub(crate) fn counts(task: &Task) -> bool {
    task.required && task.state == TaskState::Open
}

/// Writes what came of a task into the record, where that is still empty.
pub(crate) fn record(case: &mut Case, kind: StepKind, outcome: &str, demand: Option<Demand>) -> Result<()> {
    let record = &mut case.record;
    let place = match kind {
        StepKind::Workaround => &mut record.workaround,
        StepKind::Solution => &mut record.solution.steps,
        StepKind::Prevention => &mut record.prevention,
        StepKind::Lesson => &mut record.lesson,
        StepKind::DemandJudgement => {
            let Some(demand) = demand else {
                return Err(Error::field("demand", heard_kernel::REQUIRED));
            };
            if demand == Demand::Unreasonable && outcome.trim().is_empty() {
                return Err(Error::field("outcome", EXPLANATION_MISSING));
            }
            case.demand = Some(demand);
            &mut record.demand_explanation
        }
        StepKind::Task | StepKind::Diagnosis | StepKind::Tracking | StepKind::Training => return Ok(()),
    };
    if place.trim().is_empty() {
        outcome.clone_into(place);
    }
    Ok(())
}
