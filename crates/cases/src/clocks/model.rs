//! A clock as it is stored.

use heard_kernel::{
    Result, Timestamp,
    clock_policy::{Limit, Policy, State, Verdict},
};
use heard_platform::directory::UserId;
use heard_store::{Columns, FromRow, Json, Row, id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::history::Entry;
use crate::plans::{ClockRule, Plan, StepMoment, Text};

id_type!(
    /// Names a clock.
    ClockId
);

words! {
    /// What a clock is on.
    #[schema(as = ClockSubjectKind)]
    SubjectKind {
        /// A case and its stages.
        Case => "case",
        /// A promise.
        Promise => "promise",
        /// A hand-over to a department.
        HandOver => "hand_over",
        /// A task of a case.
        Task => "task",
    }
}

/// What a clock is on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Which one.
    pub id: Uuid,
}

impl Subject {
    /// A subject of a kind.
    pub fn new(kind: SubjectKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// By which rule a clock runs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ClockTerms {
    /// Key of the rule.
    #[serde(skip)]
    pub key: String,
    /// Name.
    #[serde(skip)]
    pub name: Text,
    /// The calendar; the organisation's default when absent.
    #[serde(skip)]
    pub calendar: Option<String>,
    /// How long it may run, what pauses it, when it warns.
    pub policy: Policy,
    /// The limit of the rule, once an extension gave another.
    #[serde(default)]
    pub rule_limit: Option<Limit>,
    /// Where the rule comes from.
    #[serde(default)]
    pub source: Text,
    /// Key of the chain of escalation.
    #[serde(default)]
    pub escalation: Option<String>,
    /// Minutes after the breach at which it reports again while it is open.
    #[serde(default)]
    pub overdue: Vec<u32>,
    /// The limits that extensions give, one after the other.
    #[serde(default)]
    pub extensions: Vec<Limit>,
}

impl ClockTerms {
    /// Terms with nothing but a key, a name and a policy.
    pub fn new(key: impl Into<String>, name: Text, policy: Policy) -> Self {
        Self {
            key: key.into(),
            name,
            calendar: None,
            policy,
            rule_limit: None,
            source: Text::default(),
            escalation: None,
            overdue: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// Terms that no rule of the plan gives, with the plan's calendar and a chain of it. They warn at the shares at which the
    /// chain has steps, too.
    pub fn in_chain(key: &str, name: Text, mut policy: Policy, plan: &Plan, chain: Option<&String>) -> Self {
        let chain = chain.filter(|key| plan.escalation(key).is_some());
        let (shares, overdue) = moments(plan, chain.map(String::as_str));
        policy.warn_at.extend(shares);
        policy.warn_at.sort_unstable();
        policy.warn_at.dedup();
        let terms = Self::new(key, name, policy);
        Self { calendar: plan.calendar.clone(), escalation: chain.cloned(), overdue, ..terms }
    }

    /// The same terms with another limit, given by an extension.
    pub(super) fn extended(&self, policy: Policy) -> Self {
        Self { policy, rule_limit: self.rule_limit.or(Some(self.policy.limit)), ..self.clone() }
    }

    /// The terms as the rule gives them, without what extensions gave.
    pub(super) fn of_its_rule(&self) -> Self {
        let limit = self.rule_limit.unwrap_or(self.policy.limit);
        Self { policy: Policy { limit, ..self.policy.clone() }, rule_limit: None, ..self.clone() }
    }

    /// The terms of a rule of a plan.
    pub fn of_rule(rule: &ClockRule, plan: &Plan) -> Self {
        Self {
            calendar: rule.calendar.clone().or_else(|| plan.calendar.clone()),
            source: rule.source.clone(),
            escalation: rule.escalation.clone(),
            overdue: moments(plan, rule.escalation.as_deref()).1,
            extensions: rule.extension.iter().flat_map(|extension| extension.limits.clone()).collect(),
            ..Self::new(&rule.key, rule.name.clone(), rule.policy.clone())
        }
    }
}

/// The shares and the minutes after the breach at which the steps of a chain come.
fn moments(plan: &Plan, chain: Option<&str>) -> (Vec<u16>, Vec<u32>) {
    let (mut shares, mut overdue) = (Vec::new(), Vec::new());
    for step in chain.and_then(|key| plan.escalation(key)).iter().flat_map(|chain| &chain.steps) {
        match step.at {
            StepMoment::Share { share } => shares.push(share),
            StepMoment::Overdue { minutes } => overdue.push(minutes),
        }
    }
    (shares, overdue)
}

/// A clock to be started.
#[derive(Clone, PartialEq, Debug)]
pub struct NewClock {
    /// What it is on.
    pub subject: Subject,
    /// The case that it belongs to: pauses of the case concern it.
    pub case_id: Option<Uuid>,
    /// Who has to keep it, where that is another than who owns the case.
    pub owner_id: Option<UserId>,
    /// From when it runs; may lie in the past.
    pub started_at: Timestamp,
    /// By which rule.
    pub terms: ClockTerms,
}

/// A clock.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Clock {
    pub(crate) id: ClockId,
    pub(crate) subject: Subject,
    pub(crate) case_id: Option<Uuid>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) terms: ClockTerms,
    pub(crate) state: State,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) open: bool,
    pub(crate) paused: bool,
    pub(crate) started_at: Timestamp,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) breached_at: Option<Timestamp>,
    pub(crate) stopped_at: Option<Timestamp>,
    /// When its deadline is set to.
    pub(crate) check_at: Option<Timestamp>,
    pub(crate) history: Vec<Entry>,
    pub(crate) version: i64,
}

impl Clock {
    /// How often it was extended.
    fn extended(&self) -> usize {
        self.history.iter().filter(|entry| entry.what.is_extension()).count()
    }

    /// When it was last extended.
    pub(crate) fn extended_at(&self) -> Option<Timestamp> {
        self.history.iter().filter(|entry| entry.what.is_extension()).map(|entry| entry.at).max()
    }

    /// The limit that the next extension gives.
    pub(crate) fn next_extension(&self) -> Option<Limit> {
        self.terms.extensions.get(self.extended()).copied().filter(|_| self.open)
    }
}

/// The columns of [`Clock`], in its order.
pub(super) const COLUMNS: &str = "id, subject_kind, subject_id, case_id, owner_id, key, name, terms, calendar, state, verdict, \
     is_open, is_paused, started_at, due_at, breached_at, stopped_at, check_at, history, version";

impl FromRow for Clock {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        let id = columns.next()?;
        let subject = Subject { kind: columns.next()?, id: columns.next()? };
        let (case_id, owner_id, key) = (columns.next()?, columns.next()?, columns.next()?);
        let name = columns.next::<Json<Text>>()?.0;
        let terms = columns.next::<Json<ClockTerms>>()?.0;
        Ok(Self {
            id,
            subject,
            case_id,
            owner_id,
            terms: ClockTerms { key, name, calendar: columns.next()?, ..terms },
            state: read_state(&columns.next::<String>()?),
            verdict: columns.next::<Option<String>>()?.map(|word| read_verdict(&word)),
            open: columns.next()?,
            paused: columns.next()?,
            started_at: columns.next()?,
            due_at: columns.next()?,
            breached_at: columns.next()?,
            stopped_at: columns.next()?,
            check_at: columns.next()?,
            history: columns.next::<Json<Vec<Entry>>>()?.0,
            version: columns.next()?,
        })
    }
}

/// States with their words in storage.
const STATES: [(State, &str); 8] = [
    (State::NotStarted, "not_started"),
    (State::Running, "running"),
    (State::Warning, "warning"),
    (State::Paused, "paused"),
    (State::Met, "met"),
    (State::Breached, "breached"),
    (State::MetLate, "met_late"),
    (State::Cancelled, "cancelled"),
];

/// The word of a state.
pub(super) fn state_word(state: State) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("running", |(_, word)| word)
}

/// The state of a word.
pub(super) fn read_state(word: &str) -> State {
    STATES.iter().find(|(_, known)| *known == word).map_or(State::Running, |(state, _)| *state)
}

/// The word of a verdict.
pub(super) const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Breached => "breached",
    }
}

fn read_verdict(word: &str) -> Verdict {
    if word == "met" { Verdict::Met } else { Verdict::Breached }
}

/// An open clock of a subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenClock {
    /// Which one.
    pub id: ClockId,
    /// Key of its rule.
    pub key: String,
    /// From when it runs.
    pub started_at: Timestamp,
}

/// A clock of a subject that was stopped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoppedClock {
    /// Which one.
    pub id: ClockId,
    /// Key of its rule.
    pub key: String,
    /// From when it ran.
    pub started_at: Timestamp,
    /// It was done, and not called off.
    pub fulfilled: bool,
}

/// The clock that presses most.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = ClockAlarm)]
pub struct Alarm {
    /// Which one.
    pub clock_id: ClockId,
    /// Key of its rule.
    pub key: String,
    /// Name.
    pub name: Text,
    /// When it is due; absent while it is on hold.
    #[schema(required = true)]
    pub due_at: Option<Timestamp>,
    /// Where it stands.
    pub state: State,
}
