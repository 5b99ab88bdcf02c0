//! The clocks of a case are made to agree with what its plan demands.

use heard_kernel::{Result, clock_policy::State};
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    model::ClockState,
    rules::{self, Lived, Run, Running, Step},
    store,
};
use crate::clocks::{self, ClockTerms, NewClock, StoppedClock, Subject, SubjectKind};

/// Makes the clocks agree with what the plan demands, and the case show the one that presses most.
pub(crate) async fn sync(tx: &Tx<'_>, edit: &mut Edit, why: &str) -> Result<()> {
    let runs: Vec<Run> = store::stages(tx, edit.after.id).await?.iter().map(Run::from).collect();
    let case = &edit.after;
    let subject = Subject::new(SubjectKind::Case, case.id);
    let plan = &edit.plan.plan;
    let lived = Lived {
        facts: edit.facts(),
        received_at: case.received_at,
        archived_at: case.archived_at,
        reopened_at: case.reopened_at,
        runs: &runs,
    };
    let open = clocks::open_of(tx, subject).await?;
    let stopped =
        if edit.is_fresh() { Vec::new() } else { fulfilled(clocks::stopped_of(tx, subject).await?) };
    let running: Vec<Running<'_>> =
        open.iter().map(|clock| Running { key: &clock.key, started_at: clock.started_at }).collect();
    let done: Vec<Running<'_>> =
        stopped.iter().map(|clock| Running { key: &clock.key, started_at: clock.started_at }).collect();
    let (mut new, mut started) = (Vec::new(), false);
    for step in rules::agenda(plan, &lived, &running, &done, edit.follows_another_plan()) {
        match step {
            Step::Fulfil(index, at) => drop(clocks::fulfil(tx, subject, &[&open[index].key], at).await?),
            Step::Cancel(index) => drop(clocks::cancel(tx, subject, &[&open[index].key], why).await?),
            Step::Change(index, rule) => {
                clocks::change_terms(tx, open[index].id, ClockTerms::of_rule(rule, plan), why).await?;
            }
            Step::Continue(index, rule) => {
                clocks::reopen(tx, stopped[index].id, why).await?;
                clocks::change_terms(tx, stopped[index].id, ClockTerms::of_rule(rule, plan), why).await?;
                started = true;
            }
            Step::Start(rule, from) => {
                new.push(NewClock {
                    subject,
                    case_id: Some(case.id.0),
                    owner_id: None,
                    started_at: from,
                    terms: ClockTerms::of_rule(rule, plan),
                });
                started = true;
            }
        }
    }
    clocks::start_new(tx, new).await?;
    if let Some(reason) = case.state.waits_for().filter(|_| started) {
        clocks::pause(tx, case.id, reason, "").await?;
    }
    refresh_alarm(tx, edit).await
}

/// Those that were not called off.
fn fulfilled(mut stopped: Vec<StoppedClock>) -> Vec<StoppedClock> {
    stopped.retain(|clock| clock.fulfilled);
    stopped
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
