//! What would have happened under other rules: how the clocks of past cases came out, beside how they would have.

use std::collections::{BTreeMap, BTreeSet};

use heard_kernel::{
    Result, Timestamp,
    clock_policy::{State, Verdict},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{shelf::Shelf, trial::Trial};
use crate::plans::{Plan, Text};

/// Changed deadlines that are listed for each rule at most.
const LISTED: usize = 200;

/// What would have happened.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanReplayResult)]
pub struct Replay {
    /// How many cases were looked at.
    pub cases: usize,
    /// Of how many a deadline or a verdict differs.
    pub changed_cases: usize,
    /// For each rule of either plan, in the order of the candidate.
    pub rules: Vec<RuleReplay>,
}

/// A rule under both plans.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct RuleReplay {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// As it was.
    pub present: Tally,
    /// Under the candidate.
    pub candidate: Tally,
    /// How many deadlines or verdicts differ.
    pub changed: usize,
    /// Some of them, those whose verdict differs first.
    pub examples: Vec<ChangedDeadline>,
}

/// How often a rule was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
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
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangedDeadline {
    /// The case.
    pub case_id: Uuid,
    /// Its number for people.
    pub number: String,
    /// As it was; absent when it had no such clock.
    #[schema(required = true)]
    pub present: Option<ReplayedClock>,
    /// Under the candidate; absent when it has no such clock.
    #[schema(required = true)]
    pub candidate: Option<ReplayedClock>,
}

/// What a clock comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
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

impl ReplayedClock {
    fn is_cancelled(&self) -> bool {
        self.state == State::Cancelled
    }
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

/// Whether people would see a difference. What was called off either way has no deadline that matters.
fn differ(present: Option<&ReplayedClock>, candidate: Option<&ReplayedClock>) -> bool {
    match (present, candidate) {
        (Some(one), Some(two)) if one.is_cancelled() && two.is_cancelled() => one.verdict != two.verdict,
        (Some(one), Some(two)) => {
            (one.due_at, one.verdict, one.is_cancelled()) != (two.due_at, two.verdict, two.is_cancelled())
        }
        (one, two) => one.is_some() != two.is_some(),
    }
}

impl RuleReplay {
    /// Counts a pair and tells whether it differs. What has the other verdict is worth more of the list.
    fn compare(
        &mut self,
        case: (Uuid, &str),
        present: Option<ReplayedClock>,
        candidate: Option<ReplayedClock>,
    ) -> bool {
        present.iter().for_each(|clock| self.present.count(clock));
        candidate.iter().for_each(|clock| self.candidate.count(clock));
        if !differ(present.as_ref(), candidate.as_ref()) {
            return false;
        }
        self.changed += 1;
        let shown = ChangedDeadline { case_id: case.0, number: case.1.to_owned(), present, candidate };
        let (turned, full) = (shown.turned(), self.examples.len() >= LISTED);
        if full && turned {
            // The last of those that only have another deadline gives way.
            if let Some(place) = self.examples.iter().rposition(|known| !known.turned()) {
                self.examples.remove(place);
            }
        }
        if self.examples.len() < LISTED {
            self.examples.push(shown);
        }
        true
    }
}

impl ChangedDeadline {
    fn turned(&self) -> bool {
        let verdict = |clock: &Option<ReplayedClock>| clock.and_then(|clock| clock.verdict);
        verdict(&self.present) != verdict(&self.candidate)
    }
}

/// Adds up what comes of one case after the other.
#[derive(Debug, Default)]
pub(crate) struct Sum {
    cases: usize,
    changed_cases: usize,
    rules: BTreeMap<String, RuleReplay>,
}

impl Sum {
    /// Adds the clocks of a case: as they were, and under the candidate. The first clock of a rule is held beside the
    /// first, the second beside the second.
    ///
    /// # Errors
    /// `validation_failed` when a deadline lies beyond what is calculated.
    pub(crate) fn add(
        &mut self,
        case: (Uuid, &str),
        present: &[Trial<'_>],
        candidate: &[Trial<'_>],
        shelf: &Shelf,
        until: Timestamp,
    ) -> Result<()> {
        self.cases += 1;
        let keys: BTreeSet<&str> = present.iter().chain(candidate).map(Trial::key).collect();
        let mut changed = false;
        for key in keys {
            let mut before = present.iter().filter(|clock| clock.key() == key);
            let mut after = candidate.iter().filter(|clock| clock.key() == key);
            loop {
                let (one, two) = (before.next(), after.next());
                let Some(named) = two.or(one) else { break };
                let was = one.map(|clock| clock.outcome(shelf, until)).transpose()?;
                let would = match (one, two) {
                    (Some(one), Some(two)) if one.same(two) => was,
                    (_, two) => two.map(|clock| clock.outcome(shelf, until)).transpose()?,
                };
                let rule = self.rules.entry(key.to_owned()).or_default();
                if rule.key.is_empty() || two.is_some() {
                    (rule.key, rule.name) = (key.to_owned(), named.name().clone());
                }
                changed |= rule.compare(case, was, would);
            }
        }
        self.changed_cases += usize::from(changed);
        Ok(())
    }

    /// What it comes to, in the order of the candidate; rules that it does not have come last.
    pub(crate) fn finish(self, candidate: &Plan) -> Replay {
        let mut rules: Vec<RuleReplay> = self.rules.into_values().collect();
        for rule in &mut rules {
            rule.examples.sort_by_key(|shown| !shown.turned());
        }
        let place = |key: &str| candidate.clocks.iter().position(|rule| rule.key == key);
        rules.sort_by_key(|rule| place(&rule.key).unwrap_or(usize::MAX));
        Replay { cases: self.cases, changed_cases: self.changed_cases, rules }
    }
}

#[cfg(test)]
#[path = "replay_tests.rs"]
mod tests;
