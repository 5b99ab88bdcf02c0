//! How cases are sorted, and what is asked about them.

use heard_platform::directory::TeamId;
use heard_store::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// A kind of case: enquiry, complaint, suggestion, report, refund, technical problem, dispute.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// The key of the flow that its cases go through.
    pub flow: String,
}

/// A node of the tree of categories.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Key.
    pub key: String,
    /// The key of the node above.
    #[serde(default)]
    pub parent: Option<String>,
    /// Name.
    pub name: Text,
    /// What belongs here, with examples.
    #[serde(default)]
    pub hint: Text,
    /// The key of the department that is responsible; that of the node above when absent.
    #[serde(default)]
    pub department: Option<String>,
    /// The severity that is proposed.
    #[serde(default)]
    pub severity: Option<String>,
    /// The difficulty that is proposed.
    #[serde(default)]
    pub difficulty: Option<String>,
}

/// A named view of the tree, such as the routing classes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryView {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Its classes. A category belongs to the first class that holds it or, failing that, a node above it.
    pub classes: Vec<CategoryClass>,
}

/// A class of a view.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryClass {
    /// Key, unique within the view.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Keys of its categories; what lies below them is in it too.
    pub categories: Vec<String>,
}

/// A level of severity, urgency or difficulty.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanLevel)]
pub struct Level {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// How to tell it.
    #[serde(default)]
    pub hint: Text,
}

words! {
    /// In which order cases are dealt with.
    #[schema(as = CasePriority)]
    Priority {
        /// Before everything else.
        Urgent => "urgent",
        /// Before the usual.
        High => "high",
        /// As usual.
        Normal => "normal",
        /// After the usual.
        Low => "low",
    }
}

/// A row of the table that derives priority.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorityRow {
    /// Keys of severities; any when empty, also while none is judged.
    #[serde(default)]
    pub severities: Vec<String>,
    /// Keys of urgencies; any when empty, also while none is judged.
    #[serde(default)]
    pub urgencies: Vec<String>,
    /// What follows.
    pub priority: Priority,
}

/// Who solves cases.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// What it is responsible for.
    #[serde(default)]
    pub duty: Text,
    /// The team that it is here; packs leave it open.
    #[serde(default)]
    pub team_id: Option<TeamId>,
}

words! {
    /// What a field holds.
    #[schema(as = PlanFieldKind)]
    FieldKind {
        /// A line.
        Text => "text",
        /// Several lines.
        LongText => "long_text",
        /// A number.
        Number => "number",
        /// Money in minor units, with the currency of the organisation.
        Money => "money",
        /// A day.
        Date => "date",
        /// An instant.
        Instant => "instant",
        /// One of the options.
        Choice => "choice",
        /// Some of the options.
        Choices => "choices",
        /// Yes or no.
        Flag => "flag",
        /// A web address.
        Url => "url",
    }
}

/// A field of cases beside the fixed ones.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// What to write there.
    #[serde(default)]
    pub hint: Text,
    /// What it holds.
    pub kind: FieldKind,
    /// For choices.
    #[serde(default)]
    pub options: Vec<FieldOption>,
    /// Least number or length.
    #[serde(default)]
    pub min: Option<i64>,
    /// Greatest number or length.
    #[serde(default)]
    pub max: Option<i64>,
    /// Keys of the types of case that have it; all when empty.
    #[serde(default)]
    pub case_types: Vec<String>,
    /// Keys of the categories (with what lies below) that have it; all when empty.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The kind of stage that cannot be completed while it is empty.
    #[serde(default)]
    pub required_at: Option<super::StageKind>,
}

/// A value to choose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
}

/// A node of the tree of causes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CauseNode {
    /// Key.
    pub key: String,
    /// The key of the node above.
    #[serde(default)]
    pub parent: Option<String>,
    /// Name.
    pub name: Text,
    /// What belongs here.
    #[serde(default)]
    pub hint: Text,
}
