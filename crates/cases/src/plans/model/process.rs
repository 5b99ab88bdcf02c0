//! Stages, clocks, and when a case is done.

use heard_kernel::clock_policy::{Limit, Policy};
use heard_store::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

words! {
    /// What a stage (环节) is about. Clocks, templates and metrics go by it, whatever a plan calls its stages.
    StageKind {
        /// The matter is taken down with all its sides.
        Record => "record",
        /// The customer is told that it was received and what happens next.
        Acknowledge => "acknowledge",
        /// Category, severity, urgency, difficulty.
        Classify => "classify",
        /// It is refused or taken on.
        Accept => "accept",
        /// The agent answers at once.
        Answer => "answer",
        /// It goes to the department that solves it.
        HandOver => "hand_over",
        /// The facts or the cause are established before anything is done.
        Examine => "examine",
        /// It is solved.
        Handle => "handle",
        /// The customer is told the result.
        Tell => "tell",
        /// The customer is asked whether it is solved and satisfied.
        FollowUp => "follow_up",
        /// It is filed for query and improvement.
        Archive => "archive",
    }
}

words! {
    /// What must be there before a stage can be completed.
    Need {
        /// The facts, told apart from judgement.
        Facts => "facts",
        /// When it occurred.
        OccurredAt => "occurred_at",
        /// Whom and how much it affects.
        Impact => "impact",
        /// What the customer wants.
        RemedySought => "remedy_sought",
        /// Who complains, with a way to reach them.
        Contact => "contact",
        /// The customer agreed that they were understood.
        UnderstandingConfirmed => "understanding_confirmed",
        /// An acknowledgement that has all its parts was sent.
        Acknowledgement => "acknowledgement",
        /// Category.
        Category => "category",
        /// Severity.
        Severity => "severity",
        /// Urgency.
        Urgency => "urgency",
        /// Difficulty.
        Difficulty => "difficulty",
        /// It was decided whether to take it on, with a reason when not.
        Decision => "decision",
        /// Somebody owns it.
        Owner => "owner",
        /// No hand-over is under way.
        HandoversClosed => "handovers_closed",
        /// Required steps of the playbook are done.
        TasksDone => "tasks_done",
        /// What was done to solve it.
        Solution => "solution",
        /// What keeps it from happening again.
        Prevention => "prevention",
        /// The demand was judged reasonable or not, with an explanation when not.
        DemandJudged => "demand_judged",
        /// A node of the tree of causes.
        Cause => "cause",
        /// Whether the complaint is upheld.
        Upheld => "upheld",
        /// What was granted.
        Remedy => "remedy",
        /// A notice of the result that has all its parts was sent.
        ResultNotice => "result_notice",
        /// How satisfied the customer is, or that they did not say after being asked.
        Satisfaction => "satisfaction",
        /// What was learned.
        Summary => "summary",
    }
}

/// A flow: stages in their order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanFlow)]
pub struct Flow {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Its stages. The first begins when the case is opened; completing the last archives the case. Those between can be for
    /// some cases only, so that a class has a row of stages of its own.
    pub stages: Vec<Stage>,
}

/// A step of a flow.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanStage)]
pub struct Stage {
    /// Key, unique within the flow.
    pub key: String,
    /// What it is about.
    pub kind: StageKind,
    /// Name.
    pub name: Text,
    /// What to do here.
    #[serde(default)]
    pub hint: Text,
    /// What must be there before it is completed.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// It may be skipped with a reason.
    #[serde(default)]
    pub optional: bool,
    /// Which cases go through it; every case when it restricts nothing.
    #[serde(default)]
    pub when: Condition,
    /// `when` names the cases that go without it, instead of those that go through it.
    #[serde(default)]
    pub except: bool,
}

/// Which cases a rule is for. An empty list does not restrict; all lists that are not empty must fit.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PlanCondition)]
pub struct Condition {
    /// Keys of types.
    pub case_types: Vec<String>,
    /// Keys of categories, with what lies below.
    pub categories: Vec<String>,
    /// Classes of views, as `view/class`.
    pub classes: Vec<String>,
    /// Keys of severities.
    pub severities: Vec<String>,
    /// Keys of urgencies.
    pub urgencies: Vec<String>,
    /// Keys of difficulties.
    pub difficulties: Vec<String>,
}

/// A moment in the life of a case that starts or stops a clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "on", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = PlanMoment)]
pub enum Moment {
    /// The customer turned to us: when the matter arrived, also when it was recorded later.
    Received,
    /// A stage of this kind began.
    StageBegun {
        /// Its kind.
        stage: StageKind,
    },
    /// A stage of this kind was completed.
    StageDone {
        /// Its kind.
        stage: StageKind,
    },
    /// The case was archived, whichever way.
    Archived,
}

/// A clock (时限) that a plan demands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanClock)]
pub struct ClockRule {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Where it comes from: paragraph of the plan, contract, law.
    #[serde(default)]
    pub source: Text,
    /// Set for clocks of a law pack: which law, and where it is written.
    #[serde(default)]
    pub law: Option<LawSource>,
    /// Rules of laws come switched off.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Which cases have it. Of several enabled rules with the same `group` the first that fits counts.
    #[serde(default)]
    pub when: Condition,
    /// Rules with the same word exclude each other, such as the 5, 3 and 2 days of the routing classes.
    #[serde(default)]
    pub group: Option<String>,
    /// What starts it.
    pub start: Moment,
    /// What fulfils it.
    pub stop: Moment,
    /// How long it may run, what pauses it, when it warns.
    pub policy: Policy,
    /// The calendar; that of the plan when absent.
    #[serde(default)]
    pub calendar: Option<String>,
    /// The key of the chain of escalation.
    #[serde(default)]
    pub escalation: Option<String>,
    /// Whether and how it can be extended.
    #[serde(default)]
    pub extension: Option<Extension>,
}

fn yes() -> bool {
    true
}

/// The law that demands a clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LawSource {
    /// Key of the law pack.
    pub pack: String,
    /// Article and wording in short.
    pub citation: Text,
}

/// How a clock can be extended: by decision, with a reason that the customer is told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanExtension)]
pub struct Extension {
    /// How much longer it then may run in all, counted from its start; one entry for each extension.
    pub limits: Vec<Limit>,
    /// When that is allowed.
    #[serde(default)]
    pub hint: Text,
}

/// Whoever is responsible for a case is told at intervals to look how it goes on, as long as it is in certain stages. While it
/// waits for the customer or others nobody is told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanReminder)]
pub struct Reminder {
    /// Key.
    pub key: String,
    /// What to look at.
    pub name: Text,
    /// Which cases.
    #[serde(default)]
    pub when: Condition,
    /// Kinds of stages during which it comes.
    pub stages: Vec<StageKind>,
    /// How long after the beginning of the stage, and then again and again.
    pub every: Limit,
}

/// When a case is done and what holds after.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClosingRules {
    /// The cause must be a leaf of the tree of causes.
    pub cause_must_be_leaf: bool,
    /// Working days after the result was told without an answer of the customer until the case counts as followed up; 0: never.
    pub silent_days: u32,
    /// Days in which the customer can have an archived case opened again.
    pub reopen_days: u32,
    /// Days in which a second complaint of a contact in the same category is shown as repeated.
    pub repeat_days: u32,
}

impl Default for ClosingRules {
    fn default() -> Self {
        Self { cause_must_be_leaf: true, silent_days: 3, reopen_days: 30, repeat_days: 30 }
    }
}
