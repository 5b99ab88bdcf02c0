//! Which clocks of its plan a case has, given what has happened to it.
//!
//! Nothing here remembers what was started before. What should run follows from the plan, from what kind of case it is and
//! from the runs of its stages; what runs is compared with that. So it does not matter whether a case was classified late,
//! sent back a stage, opened again or moved to another plan. Running cases and replays of past ones go by the same rules.

use heard_kernel::Timestamp;

use super::super::model::{StageEnding, StageRun};
use crate::plans::{CaseFacts, ClockRule, Moment, Plan, Row, StageKind};

/// A run of a stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    /// What the stage is about.
    pub(crate) kind: StageKind,
    /// When it began.
    pub(crate) begun_at: Timestamp,
    /// When it ended.
    pub(crate) done_at: Option<Timestamp>,
    /// Whether it ended by being completed or left out.
    pub(crate) completed: bool,
    /// Whether it ended because the case went back to an earlier stage.
    pub(crate) returned: bool,
}

impl From<&StageRun> for Run {
    fn from(run: &StageRun) -> Self {
        Self {
            kind: run.stage_kind,
            begun_at: run.begun_at,
            done_at: run.done_at,
            completed: matches!(run.ending, Some(StageEnding::Done | StageEnding::Skipped)),
            returned: run.ending == Some(StageEnding::Returned),
        }
    }
}

/// What of the life of a case its clocks go by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lived<'a> {
    /// What kind of case it is.
    pub(crate) facts: CaseFacts<'a>,
    /// When the customer turned to us.
    pub(crate) received_at: Timestamp,
    /// When it was archived.
    pub(crate) archived_at: Option<Timestamp>,
    /// When it was last opened again.
    pub(crate) reopened_at: Option<Timestamp>,
    /// Its stages in their order.
    pub(crate) runs: &'a [Run],
}

impl Lived<'_> {
    /// When a moment came about, as things stand: a stage that began anew is not done, nor is one before which the case
    /// went back.
    fn occurred(&self, moment: Moment) -> Option<Timestamp> {
        let last = |stage: StageKind| self.runs.iter().rposition(|run| run.kind == stage);
        match moment {
            Moment::Received => Some(self.received_at),
            Moment::Archived => self.archived_at,
            Moment::StageBegun { stage } => last(stage).map(|place| self.runs[place].begun_at),
            Moment::StageDone { stage } => {
                let place = last(stage)?;
                let run = self.runs[place];
                run.done_at.filter(|_| run.completed && !self.went_back_before(place))
            }
        }
    }

    /// Whether the case went back, after a run of a stage, to a stage that it had been in before that; being opened again goes
    /// back too.
    fn went_back_before(&self, place: usize) -> bool {
        let (before, since) = self.runs.split_at(place);
        let again = since.windows(2).filter(|pair| pair[0].returned || self.opened_again_at(pair[1]));
        again.map(|pair| pair[1].kind).any(|kind| before.iter().any(|run| run.kind == kind))
    }

    /// Whether a moment can come in a case that goes through a row of stages: what would wait for a stage that such a case
    /// does not have, waits for nothing.
    fn can_come(row: Option<&Row<'_>>, moment: Moment) -> bool {
        let (Moment::StageBegun { stage } | Moment::StageDone { stage }) = moment else { return true };
        row.is_none_or(|row| row.stage_of(stage).is_some())
    }

    /// Whether a run began because the case was opened again.
    fn opened_again_at(&self, run: Run) -> bool {
        self.reopened_at == Some(run.begun_at)
    }

    /// Whether the last run of a kind of stage began because the case went back to it.
    fn came_back_to(&self, stage: StageKind) -> bool {
        let last = self.runs.iter().rposition(|run| run.kind == stage);
        last.and_then(|place| place.checked_sub(1)).is_some_and(|before| self.runs[before].returned)
    }

    /// The clock that goes on because what fulfilled it does not hold any more: the last one by a rule, when it counts from
    /// the same moment. What is to be done once more because an earlier stage was, is counted anew; so is a case that was
    /// archived and opened again.
    fn continued(&self, rule: &ClockRule, from: Timestamp, done: &[Running<'_>]) -> Option<usize> {
        let place = done.iter().rposition(|clock| clock.key == rule.key)?;
        let started_at = done[place].started_at;
        let same = match rule.start {
            Moment::StageBegun { stage } => started_at == from || self.came_back_to(stage),
            Moment::Received | Moment::StageDone { .. } | Moment::Archived => started_at == from,
        };
        let reopened = self.reopened_at.is_some_and(|again| again > started_at);
        (same && !reopened).then_some(place)
    }

    /// The clocks that should run, and from when. A case that was opened again counts from then.
    fn wanted<'p>(&self, plan: &'p Plan) -> Vec<(&'p ClockRule, Timestamp)> {
        let row = plan.row_of(&self.facts);
        let begun = |rule: &'p ClockRule| {
            let began = self.occurred(rule.start)?;
            let from = self.reopened_at.map_or(began, |again| again.max(began));
            // What was done before the stage at which the case was opened again holds.
            let stopped = self.occurred(rule.stop).is_some_and(|at| at >= began);
            let over = self.archived_at.is_some() || stopped || !Self::can_come(row.as_ref(), rule.stop);
            (!over).then_some((rule, from))
        };
        plan.clocks_for(&self.facts).into_iter().filter_map(begun).collect()
    }
}

/// A clock that runs, or that was fulfilled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Running<'a> {
    /// The key of its rule.
    pub(crate) key: &'a str,
    /// From when.
    pub(crate) started_at: Timestamp,
}

/// What is to be done with a clock, named by its place among those that run.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Step<'p> {
    /// What it asks for was done at an instant.
    Fulfil(usize, Timestamp),
    /// It has no rule any more.
    Cancel(usize),
    /// It goes by another rule from now on.
    Change(usize, &'p ClockRule),
    /// It was fulfilled and goes on with its history; named by its place among those that were fulfilled.
    Continue(usize, &'p ClockRule),
    /// It begins, as of an instant.
    Start(&'p ClockRule, Timestamp),
}

/// What makes the clocks agree with the plan. When the plan itself is another one, rules that have kept their keys may say
/// something else, so the clocks that run are put under them. `done` are the clocks that were fulfilled, the earliest first.
pub(crate) fn agenda<'p>(
    plan: &'p Plan,
    lived: &Lived<'_>,
    running: &[Running<'_>],
    done: &[Running<'_>],
    other_plan: bool,
) -> Vec<Step<'p>> {
    let wanted = lived.wanted(plan);
    let applicable = plan.clocks_for(&lived.facts);
    let runs = |rule: &ClockRule| running.iter().any(|clock| clock.key == rule.key);
    let (mut steps, mut heirs): (Vec<Step<'p>>, Vec<&str>) = (Vec::new(), Vec::new());
    for (index, clock) in running.iter().enumerate() {
        if let Some((rule, _)) = wanted.iter().find(|(rule, _)| rule.key == clock.key) {
            steps.extend(other_plan.then_some(Step::Change(index, rule)));
            continue;
        }
        let rule = applicable.iter().find(|rule| rule.key == clock.key);
        let stopped = rule.and_then(|rule| lived.occurred(rule.stop)).filter(|at| *at >= clock.started_at);
        if let Some(at) = stopped {
            steps.push(Step::Fulfil(index, at));
            continue;
        }
        let group = plan.clock(clock.key).and_then(|rule| rule.group.as_deref());
        let heir = wanted.iter().map(|(rule, _)| *rule).find(|rule| {
            group.is_some()
                && rule.group.as_deref() == group
                && !runs(rule)
                && !heirs.contains(&rule.key.as_str())
        });
        match heir {
            Some(rule) => {
                steps.push(Step::Change(index, rule));
                heirs.push(&rule.key);
            }
            None => steps.push(Step::Cancel(index)),
        }
    }
    let fresh = wanted.iter().filter(|(rule, _)| !runs(rule) && !heirs.contains(&rule.key.as_str()));
    steps.extend(fresh.map(|(rule, from)| match lived.continued(rule, *from, done) {
        Some(place) => Step::Continue(place, rule),
        None => Step::Start(rule, *from),
    }));
    steps
}
