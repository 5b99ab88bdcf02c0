//! What would have happened under other rules: a plan is tried on past cases before it is put into force.

use std::collections::BTreeMap;

use heard_kernel::{
    Result, Timestamp,
    clock_policy::{self, Event, Fact, PauseReason, State, Terms, Verdict},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shelf::Shelf;
use crate::plans::{ClockRule, Moment, Plan, Text};

/// Changed deadlines that are listed for each rule at most.
const LISTED: usize = 200;

/// A moment of a case and its instant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// What happened.
    pub moment: Moment,
    /// When.
    pub at: Timestamp,
}

/// A time in which a case waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wait {
    /// For what.
    pub reason: PauseReason,
    /// First instant.
    pub from: Timestamp,
    /// First instant after it; absent while it lasts.
    pub to: Option<Timestamp>,
}

/// A past case with the rules that it has under the present plan and would have under the candidate.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseCourse<'a> {
    /// Which one.
    pub case_id: Uuid,
    /// Its number for people.
    pub number: String,
    /// What happened.
    pub milestones: Vec<Milestone>,
    /// When it waited.
    pub waits: Vec<Wait>,
    /// The rules of the present plan that concern it.
    pub present: Vec<&'a ClockRule>,
    /// The rules of the candidate that concern it.
    pub candidate: Vec<&'a ClockRule>,
}

/// What would have happened.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
#[schema(as = PlanReplay)]
pub struct Replay {
    /// How many cases were looked at.
    pub cases: usize,
    /// For each rule of either plan, by key.
    pub rules: Vec<RuleReplay>,
}

/// A rule under both plans.
#[derive(Clone, PartialEq, Debug, Default, Serialize, ToSchema)]
pub struct RuleReplay {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Under the present plan.
    pub present: Tally,
    /// Under the candidate.
    pub candidate: Tally,
    /// How many deadlines or verdicts differ.
    pub changed: usize,
    /// Some of them.
    pub examples: Vec<ChangedDeadline>,
}

/// How often a rule was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, ToSchema)]
#[schema(as = ReplayTally)]
pub struct Tally {
    /// Clocks.
    pub clocks: usize,
    /// In time.
    pub met: usize,
    /// Late.
    pub breached: usize,
    /// Neither yet.
    pub open: usize,
    /// Called off.
    pub cancelled: usize,
}

/// A clock that differs.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChangedDeadline {
    /// The case.
    pub case_id: Uuid,
    /// Its number for people.
    pub number: String,
    /// Under the present plan; absent when it has no such clock.
    #[schema(required = true)]
    pub present: Option<ReplayedClock>,
    /// Under the candidate; absent when it has no such clock.
    #[schema(required = true)]
    pub candidate: Option<ReplayedClock>,
}

/// What a clock comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ReplayedClock {
    /// When it starts.
    pub started_at: Timestamp,
    /// When it is due; absent while it is on hold.
    #[schema(required = true)]
    pub due_at: Option<Timestamp>,
    /// Where it stands.
    pub state: State,
    /// What it comes to.
    #[schema(required = true)]
    pub verdict: Option<Verdict>,
}

impl Tally {
    fn count(&mut self, clock: &ReplayedClock) {
        self.clocks += 1;
        match (clock.state, clock.verdict) {
            (_, Some(Verdict::Breached)) => self.breached += 1,
            (State::Cancelled, _) => self.cancelled += 1,
            (_, Some(Verdict::Met)) => self.met += 1,
            _ => self.open += 1,
        }
    }
}

/// Runs the clocks of both plans over past cases, up to an instant.
///
/// # Errors
/// `validation_failed` when a deadline lies beyond what is calculated.
pub fn replay(
    courses: &[CaseCourse<'_>],
    present: &Plan,
    candidate: &Plan,
    shelf: &Shelf,
    until: Timestamp,
) -> Result<Replay> {
    let mut rules: BTreeMap<&str, RuleReplay> = BTreeMap::new();
    for course in courses {
        let before = run_all(course, &course.present, present, shelf, until)?;
        let after = run_all(course, &course.candidate, candidate, shelf, until)?;
        for rule in course.present.iter().chain(&course.candidate) {
            let entry = rules.entry(&rule.key).or_default();
            (entry.key, entry.name) = (rule.key.clone(), rule.name.clone());
        }
        let keys: std::collections::BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
        for key in keys {
            let none = Vec::new();
            let (before, after) = (before.get(key).unwrap_or(&none), after.get(key).unwrap_or(&none));
            if let Some(rule) = rules.get_mut(key) {
                rule.compare(course, before, after);
            }
        }
    }
    Ok(Replay { cases: courses.len(), rules: rules.into_values().collect() })
}

impl RuleReplay {
    fn compare(&mut self, course: &CaseCourse<'_>, before: &[ReplayedClock], after: &[ReplayedClock]) {
        before.iter().for_each(|clock| self.present.count(clock));
        after.iter().for_each(|clock| self.candidate.count(clock));
        for index in 0..before.len().max(after.len()) {
            let (present, candidate) = (before.get(index).copied(), after.get(index).copied());
            if present == candidate {
                continue;
            }
            self.changed += 1;
            if self.examples.len() < LISTED {
                let (case_id, number) = (course.case_id, course.number.clone());
                self.examples.push(ChangedDeadline { case_id, number, present, candidate });
            }
        }
    }
}

type Runs<'a> = BTreeMap<&'a str, Vec<ReplayedClock>>;

fn run_all<'a>(
    course: &CaseCourse<'_>,
    rules: &[&'a ClockRule],
    plan: &Plan,
    shelf: &Shelf,
    until: Timestamp,
) -> Result<Runs<'a>> {
    let mut runs = Runs::new();
    for rule in rules {
        let name = rule.calendar.as_deref().or(plan.calendar.as_deref());
        let terms = Terms { policy: &rule.policy, calendar: &**shelf.calendar(name)? };
        for (start, stop) in rounds(course, rule) {
            runs.entry(&rule.key).or_default().push(run(course, terms, start, stop, until)?);
        }
    }
    Ok(runs)
}

/// How a round ended.
type Stop = (Timestamp, Fact<'static>);

/// The rounds of a rule: from each start to the next stop. What starts again before the stop starts nothing, and the
/// archive calls off what is not done.
fn rounds(course: &CaseCourse<'_>, rule: &ClockRule) -> Vec<(Timestamp, Option<Stop>)> {
    let instants = |moment: Moment| {
        let mut instants: Vec<_> = course
            .milestones
            .iter()
            .filter(|milestone| milestone.moment == moment)
            .map(|milestone| milestone.at)
            .collect();
        instants.sort_unstable();
        instants
    };
    let (starts, stops, ends) = (instants(rule.start), instants(rule.stop), instants(Moment::Archived));
    let mut rounds: Vec<(Timestamp, Option<Stop>)> = Vec::new();
    for start in starts {
        let running = rounds.last().is_some_and(|(_, stop)| stop.is_none_or(|(stop, _)| stop > start));
        if running {
            continue;
        }
        let next = |instants: &[Timestamp]| instants.iter().copied().find(|at| *at >= start);
        let stop = match (next(&stops), next(&ends)) {
            (Some(stop), end) if end.is_none_or(|end| stop <= end) => Some((stop, Fact::Fulfilled)),
            (_, end) => end.map(|end| (end, Fact::Cancelled)),
        };
        rounds.push((start, stop));
    }
    rounds
}

fn run(
    course: &CaseCourse<'_>,
    terms: Terms<'_>,
    start: Timestamp,
    stop: Option<Stop>,
    until: Timestamp,
) -> Result<ReplayedClock> {
    let mut events = vec![Event { at: start, fact: Fact::Started }];
    for wait in &course.waits {
        // A wait that began before the clock stops it from its start.
        let from = wait.from.max(start);
        if wait.to.is_none_or(|to| to > from) {
            events.push(Event { at: from, fact: Fact::Paused(wait.reason) });
            events.extend(wait.to.map(|at| Event { at, fact: Fact::Resumed }));
        }
    }
    events.extend(stop.map(|(at, fact)| Event { at, fact }));
    let seen = clock_policy::assess(terms, &events, until.max(start))?;
    Ok(ReplayedClock { started_at: start, due_at: seen.due, state: seen.state, verdict: seen.verdict })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use heard_kernel::{
        calendar::Calendars,
        clock_policy::{Limit, Policy},
    };

    use super::*;
    use crate::plans::StageKind;

    fn at(wall: &str) -> Timestamp {
        format!("2026-09-{wall}:00+08:00").parse().unwrap()
    }

    fn rule(days: u32) -> ClockRule {
        let policy = Policy::new(Limit::WorkingDays { days, mode: Default::default() });
        let (start, stop) =
            (Moment::StageBegun { stage: StageKind::Handle }, Moment::StageDone { stage: StageKind::Handle });
        ClockRule {
            key: "handle".to_owned(),
            name: Text::default(),
            source: Text::default(),
            law: None,
            enabled: true,
            when: Default::default(),
            group: None,
            start,
            stop,
            policy,
            calendar: None,
            escalation: None,
            extension: None,
        }
    }

    fn course<'a>(
        milestones: &[(Moment, &str)],
        present: &'a ClockRule,
        candidate: &'a ClockRule,
    ) -> CaseCourse<'a> {
        let milestones =
            milestones.iter().map(|(moment, wall)| Milestone { moment: *moment, at: at(wall) }).collect();
        CaseCourse {
            case_id: Uuid::from_u128(1),
            number: "T-1".to_owned(),
            milestones,
            waits: vec![Wait {
                reason: PauseReason::Customer,
                from: at("21T10:00"),
                to: Some(at("21T12:00")),
            }],
            present: vec![present],
            candidate: vec![candidate],
        }
    }

    fn tried(milestones: &[(Moment, &str)]) -> Replay {
        let shelf = Shelf::of(Arc::new(Calendars::builtin()), "cn-workday");
        let (present, candidate) = (rule(5), rule(2));
        let courses = [course(milestones, &present, &candidate)];
        let plan = Plan::default();
        replay(&courses, &plan, &plan, &shelf, at("28T12:00")).unwrap()
    }

    #[test]
    fn a_stricter_rule_shows_what_would_have_been_late() {
        let (start, stop) = (rule(5).start, rule(5).stop);
        // Friday; Sunday is worked; two hours of Monday are waited.
        let shown = tried(&[(start, "18T10:00"), (stop, "22T15:30")]);
        let rule = &shown.rules[0];
        assert_eq!((shown.cases, rule.changed), (1, 1));
        assert_eq!((rule.present.met, rule.candidate.breached), (1, 1));
        let candidate = rule.examples[0].candidate.unwrap();
        assert_eq!(
            candidate.due_at,
            Some(at("21T10:00")),
            "the wait begins at the deadline and moves nothing"
        );
        assert_eq!(rule.examples[0].present.unwrap().due_at, Some(at("24T12:00")));
    }

    #[test]
    fn rounds_begin_and_end_as_clocks_do() {
        let (start, stop) = (rule(5).start, rule(5).stop);
        let again =
            tried(&[(start, "18T10:00"), (start, "18T11:00"), (stop, "18T12:00"), (start, "21T13:00")]);
        assert_eq!(again.rules[0].present, Tally { clocks: 2, met: 1, open: 1, ..Tally::default() });
        let archived = tried(&[(start, "18T10:00"), (Moment::Archived, "18T12:00")]);
        assert_eq!(archived.rules[0].present, Tally { clocks: 1, cancelled: 1, ..Tally::default() });
    }
}
