//! What a plan says: a document of plain data, the same in storage, in pack files, in the API and in the editor.
//!
//! Things in a plan have *keys*: short words that are unique among things of their kind within the plan and stay
//! the same from version to version, so that a case, a metric or a clock can be compared across versions.

mod catalogue;
mod escalation;
mod guidance;
mod intake;
mod process;
mod work;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use catalogue::{
    CaseType, Category, CategoryClass, CategoryView, CauseNode, Department, FieldDef, FieldKind, FieldOption,
    Level, Priority, PriorityRow,
};
pub use escalation::{Action, Alarm, Escalation, EscalationStep, Recipient, StepMoment, WorkChains};
pub use guidance::{Card, CardTopic, Mood, Template, TemplateKind, TemplatePart, WordingKind, WordingRule};
pub use intake::{IntakeRule, IntakeThen, IntakeWhen};
pub use process::{
    ClockRule, ClosingRules, Condition, Extension, Flow, LawSource, Moment, Need, Reminder, Stage, StageKind,
};
pub use work::{Authority, Playbook, PlaybookStep, Remedy, RemedyKind, StepKind};

/// A text in both languages of the product.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanText)]
pub struct Text {
    /// Simplified Chinese.
    #[serde(default)]
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// The text in a language, or in the other one when it is missing there.
    pub fn in_locale(&self, locale: heard_kernel::Locale) -> &str {
        let (own, other) = match locale {
            heard_kernel::Locale::ZhCn => (&self.zh, &self.en),
            heard_kernel::Locale::En => (&self.en, &self.zh),
        };
        if own.is_empty() { other } else { own }
    }
}

/// The content of one version of a plan (预案).
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    /// The calendar that working time is counted in; the organisation's default when absent.
    pub calendar: Option<String>,
    /// Kinds of cases.
    pub case_types: Vec<CaseType>,
    /// The one tree of categories, parents before children.
    pub categories: Vec<Category>,
    /// Named views of the tree: classes that are sets of categories.
    pub views: Vec<CategoryView>,
    /// Levels of severity, the gravest first.
    pub severities: Vec<Level>,
    /// Levels of urgency, the most urgent first.
    pub urgencies: Vec<Level>,
    /// Levels of difficulty, the hardest first.
    pub difficulties: Vec<Level>,
    /// How priority follows from severity and urgency: the first row that fits, normal when none does.
    pub priorities: Vec<PriorityRow>,
    /// Who solves: departments, which an administrator ties to teams.
    pub departments: Vec<Department>,
    /// Fields of cases beside the fixed ones.
    pub fields: Vec<FieldDef>,
    /// Which conversations become cases by themselves; the first that fits counts.
    pub intake: Vec<IntakeRule>,
    /// Stages in their order, by type of case.
    pub flows: Vec<Flow>,
    /// Clocks.
    pub clocks: Vec<ClockRule>,
    /// When whoever is responsible for a case is reminded to look how it goes on.
    pub reminders: Vec<Reminder>,
    /// Chains of escalation that clocks name.
    pub escalations: Vec<Escalation>,
    /// The chains of tasks and hand-overs.
    pub chains: WorkChains,
    /// What happens at once when a case becomes such as described.
    pub alarms: Vec<Alarm>,
    /// Texts to customers with their mandatory parts.
    pub templates: Vec<Template>,
    /// Checklists.
    pub playbooks: Vec<Playbook>,
    /// What can be granted, and by whom.
    pub remedies: Vec<Remedy>,
    /// The tree of causes, parents before children.
    pub causes: Vec<CauseNode>,
    /// Guidance at the moment of need.
    pub cards: Vec<Card>,
    /// Words that are better not said to customers.
    pub wording: Vec<WordingRule>,
    /// When a case may be archived, and what happens after.
    pub closing: ClosingRules,
}
