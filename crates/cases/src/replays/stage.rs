//! The life of a case played by the rules of a plan.

use heard_kernel::{Result, Timestamp, clock_policy::PauseReason};

use super::course::{Course, Kind, What};
use crate::{
    cases::rules::{Lived, Run, Running, Step, agenda},
    clocks::{Shelf, Trial},
    plans::{Plan, PlanVersionId},
};

/// A case as it stands while its life is played.
struct Played<'p, 'c> {
    plan: &'p Plan,
    other_plan: bool,
    kind: &'c Kind,
    received_at: Timestamp,
    archived_at: Option<Timestamp>,
    reopened_at: Option<Timestamp>,
    runs: Vec<Run>,
    waits_for: Option<PauseReason>,
    merged: bool,
    clocks: Vec<Trial<'p>>,
}

/// Plays the life of a case and gives its clocks. `plan_of` names the plan that holds while the case follows a version.
///
/// # Errors
/// `validation_failed` when a deadline lies beyond what is calculated.
pub(super) fn play<'p>(
    course: &Course,
    plan_of: impl Fn(PlanVersionId) -> &'p Plan,
    shelf: &Shelf,
) -> Result<Vec<Trial<'p>>> {
    let Some((_, What::Opened { kind, received_at, version })) = course.happened.first() else {
        return Ok(Vec::new());
    };
    let mut played = Played {
        plan: plan_of(*version),
        other_plan: false,
        kind,
        received_at: *received_at,
        archived_at: None,
        reopened_at: None,
        runs: Vec::new(),
        waits_for: None,
        merged: false,
        clocks: Vec::new(),
    };
    let mut extended = course.extended.iter().peekable();
    let mut rest = course.happened.as_slice();
    // What happened at one instant was done in one go; clocks are brought in line after it.
    while let Some((at, _)) = rest.first() {
        while let Some((_, key)) = extended.next_if(|(when, _)| when < at) {
            played.extend(*at, key);
        }
        let together = rest.iter().take_while(|(when, _)| when == at).count();
        let (now, later) = rest.split_at(together);
        for (_, what) in now {
            played.take(*at, what, &plan_of);
        }
        if now.iter().any(|(_, what)| what.moves_clocks()) && !played.merged {
            played.sync(*at, shelf)?;
        }
        rest = later;
    }
    for (at, key) in extended {
        played.extend(*at, key);
    }
    Ok(played.clocks)
}

impl<'p, 'c> Played<'p, 'c> {
    fn open(&mut self) -> impl Iterator<Item = &mut Trial<'p>> {
        self.clocks.iter_mut().filter(|clock| clock.is_open())
    }

    fn extend(&mut self, at: Timestamp, key: &str) {
        self.open().filter(|clock| clock.key() == key).for_each(|clock| clock.extend(at));
    }

    fn take(&mut self, at: Timestamp, what: &'c What, plan_of: impl Fn(PlanVersionId) -> &'p Plan) {
        match what {
            What::Opened { .. } | What::Unmerged => self.merged = false,
            What::Classified(kind) => self.kind = kind,
            What::StageBegun(kind) => {
                self.runs.push(Run {
                    kind: *kind,
                    begun_at: at,
                    done_at: None,
                    completed: false,
                    returned: false,
                });
            }
            What::StageEnded { completed, returned } => {
                if let Some(run) = self.runs.last_mut() {
                    (run.done_at, run.completed, run.returned) = (Some(at), *completed, *returned);
                }
            }
            What::Waiting(reason) => {
                self.waits_for = Some(*reason);
                self.open().for_each(|clock| clock.pause(at, *reason));
            }
            What::Resumed { written_at } => {
                self.waits_for = None;
                if let Some(written) = written_at {
                    self.open().for_each(|clock| clock.customer_wrote(*written));
                }
                self.open().for_each(|clock| clock.resume(at));
            }
            What::Archived => self.archived_at = Some(at),
            What::Reopened => (self.archived_at, self.reopened_at) = (None, Some(at)),
            What::Moved(version) => {
                let plan = plan_of(*version);
                self.other_plan |= !std::ptr::eq(plan, self.plan);
                self.plan = plan;
            }
            What::Merged => {
                self.merged = true;
                self.open().for_each(|clock| clock.cancel(at));
            }
        }
    }

    fn sync(&mut self, at: Timestamp, shelf: &Shelf) -> Result<()> {
        let lived = Lived {
            facts: self.kind.facts(),
            received_at: self.received_at,
            archived_at: self.archived_at,
            reopened_at: self.reopened_at,
            runs: &self.runs,
        };
        let places = |such: fn(&Trial<'p>) -> bool| -> Vec<usize> {
            self.clocks.iter().enumerate().filter(|(_, clock)| such(clock)).map(|(place, _)| place).collect()
        };
        let (open, mut done) = (places(Trial::is_open), places(Trial::is_fulfilled));
        done.sort_by_key(|place| self.clocks[*place].started_at());
        let shown = |places: &[usize]| -> Vec<Running<'_>> {
            let clocks = places.iter().map(|place| &self.clocks[*place]);
            clocks.map(|clock| Running { key: clock.key(), started_at: clock.started_at() }).collect()
        };
        let (running, fulfilled) = (shown(&open), shown(&done));
        let plan = self.plan;
        let mut started = false;
        let steps = agenda(plan, &lived, &running, &fulfilled, self.other_plan);
        self.other_plan = false;
        for step in steps {
            match step {
                Step::Fulfil(place, when) => self.clocks[open[place]].fulfil(when, at, shelf)?,
                Step::Cancel(place) => self.clocks[open[place]].cancel(at),
                Step::Change(place, rule) => self.clocks[open[place]].change(at, rule, plan),
                Step::Continue(place, rule) => {
                    self.clocks[done[place]].reopen(at);
                    self.clocks[done[place]].change(at, rule, plan);
                    started = true;
                }
                Step::Start(rule, from) => {
                    self.clocks.push(Trial::start(rule, plan, from));
                    started = true;
                }
            }
        }
        if let Some(reason) = self.waits_for.filter(|_| started) {
            self.open().for_each(|clock| clock.pause(at, reason));
        }
        Ok(())
    }
}
