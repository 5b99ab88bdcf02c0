//! The clocks of a case: those that its plan demands, given what has happened to it.
//!
//! Nothing here remembers what was started before. What should run follows from the plan, from what kind of case it is and
//! from the runs of its stages; what runs is compared with that and made to agree. So it does not matter whether a case was
//! classified late, sent back a stage, opened again or moved to another plan.

use heard_kernel::{Result, Timestamp, clock_policy::State};
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    model::{Case, ClockState, StageEnding, StageRun},
    store,
};
use crate::{
    clocks::{self, ClockTerms, NewClock, Subject, SubjectKind},
    plans::{ClockRule, Moment, Plan},
};

/// When a moment came about, as things stand: a stage that began anew is not done.
pub(crate) fn occurred(moment: Moment, case: &Case, runs: &[StageRun]) -> Option<Timestamp> {
    match moment {
        Moment::Received => Some(case.received_at),
        Moment::Archived => case.archived_at,
        Moment::StageBegun { stage } => {
            runs.iter().rev().find(|run| run.stage_kind == stage).map(|run| run.begun_at)
        }
        Moment::StageDone { stage } => {
            let last = runs.iter().rev().find(|run| run.stage_kind == stage)?;
            last.done_at.filter(|_| matches!(last.ending, Some(StageEnding::Done | StageEnding::Skipped)))
        }
    }
}

/// A clock that should run, and from when. A case that was opened again counts from then.
fn wanted<'p>(plan: &'p Plan, case: &Case, runs: &[StageRun]) -> Vec<(&'p ClockRule, Timestamp)> {
    let over = |rule: &ClockRule, from: Timestamp| {
        let stopped = occurred(rule.stop, case, runs);
        case.archived_at.is_some() || stopped.is_some_and(|at| at >= from)
    };
    let begun = |rule: &'p ClockRule| {
        let from = occurred(rule.start, case, runs)?;
        let from = case.reopened_at.map_or(from, |again| again.max(from));
        (!over(rule, from)).then_some((rule, from))
    };
    plan.clocks_for(&super::super::edit::facts(case)).into_iter().filter_map(begun).collect()
}

/// Makes the clocks agree with what the plan demands, and the case show the one that presses most.
pub(crate) async fn sync(tx: &Tx<'_>, edit: &mut Edit, why: &str) -> Result<()> {
    let runs = store::stages(tx, edit.after.id).await?;
    let case = &edit.after;
    let subject = Subject::new(SubjectKind::Case, case.id);
    let plan = &edit.plan.plan;
    let wanted = wanted(plan, case, &runs);
    let applicable = plan.clocks_for(&edit.facts());
    let open = clocks::open_of(tx, subject).await?;
    let is_open = |rule: &ClockRule| open.iter().any(|clock| clock.key == rule.key);
    let mut replaced: Vec<&str> = Vec::new();
    for clock in &open {
        if wanted.iter().any(|(rule, _)| rule.key == clock.key) {
            continue;
        }
        let applies = applicable.iter().find(|rule| rule.key == clock.key);
        let stopped =
            applies.and_then(|rule| occurred(rule.stop, case, &runs)).filter(|at| *at >= clock.started_at);
        if let Some(at) = stopped {
            clocks::fulfil(tx, subject, &[&clock.key], at).await?;
            continue;
        }
        let group = plan.clock(&clock.key).and_then(|rule| rule.group.as_deref());
        let heir = wanted.iter().map(|(rule, _)| *rule).find(|rule| {
            group.is_some()
                && rule.group.as_deref() == group
                && !is_open(rule)
                && !replaced.contains(&rule.key.as_str())
        });
        match heir {
            Some(rule) => {
                clocks::change_terms(tx, clock.id, ClockTerms::of_rule(rule, plan), why).await?;
                replaced.push(&rule.key);
            }
            None => drop(clocks::cancel(tx, subject, &[&clock.key], why).await?),
        }
    }
    let mut started = false;
    for (rule, from) in &wanted {
        if !is_open(rule) && !replaced.contains(&rule.key.as_str()) {
            let new = NewClock {
                subject,
                case_id: Some(case.id.0),
                owner_id: None,
                started_at: *from,
                terms: ClockTerms::of_rule(rule, plan),
            };
            clocks::start(tx, new).await?;
            started = true;
        }
    }
    if let Some(reason) = case.state.waits_for().filter(|_| started) {
        clocks::pause(tx, case.id, reason, "").await?;
    }
    refresh_alarm(tx, edit).await
}

/// Takes over into the case when its next clock runs out and how its clocks stand.
pub(crate) async fn refresh_alarm(tx: &Tx<'_>, edit: &mut Edit) -> Result<()> {
    let alarm = clocks::alarm_of(tx, edit.after.id).await?;
    edit.after.next_due_at = alarm.as_ref().and_then(|alarm| alarm.due_at);
    edit.after.clock_state = match alarm.map(|alarm| alarm.state) {
        Some(State::Running | State::NotStarted) => ClockState::Running,
        Some(State::Warning) => ClockState::Soon,
        Some(State::Paused) => ClockState::Paused,
        Some(State::Breached) => ClockState::Overdue,
        Some(State::Met | State::MetLate | State::Cancelled) | None => ClockState::None,
    };
    Ok(())
}
