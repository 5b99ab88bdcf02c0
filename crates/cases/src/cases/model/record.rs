//! What is written down about a matter: long texts and who confirmed what.

use heard_kernel::Timestamp;
use heard_platform::directory::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who complains, as they said it; beside the contact, who may be somebody acting for them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Complainant {
    /// Name.
    pub name: String,
    /// How to reach them.
    pub contact: String,
}

/// That the customer agreed they were understood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Understanding {
    /// When.
    pub at: Timestamp,
    /// Who asked.
    #[schema(required = true)]
    pub by: Option<UserId>,
    /// How, in words.
    pub how: String,
}

/// How the matter is solved.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CaseSolution)]
pub struct Solution {
    /// What is done, step by step.
    pub steps: String,
    /// Tools and equipment.
    pub tools: String,
    /// Risks and precautions.
    pub risks: String,
    /// Whether it can be done and works.
    pub feasibility: String,
    /// The department that does it, in words.
    pub department: String,
    /// When it is to be complete.
    #[schema(required = true)]
    pub complete_by: Option<Timestamp>,
}

/// How satisfied the customer was before the case was taken up again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CaseEarlierSatisfaction)]
pub struct EarlierSatisfaction {
    /// How satisfied, 1 to 5.
    pub score: i64,
    /// What they said about it.
    pub words: String,
    /// When the case was taken up again.
    pub until: Timestamp,
}

/// What is written down about a matter. Facts stand apart from judgement.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = CaseRecord)]
pub struct Record {
    /// What happened, told apart from judgement.
    pub facts: String,
    /// What whoever recorded it thinks of it.
    pub judgement: String,
    /// When it occurred.
    #[schema(required = true)]
    pub occurred_at: Option<Timestamp>,
    /// Whom and how much it affects.
    pub impact: String,
    /// What the customer wants.
    pub remedy_sought: String,
    /// That the customer agreed they were understood.
    #[schema(required = true)]
    pub understanding: Option<Understanding>,
    /// Why it was taken on or refused.
    pub decision_reason: String,
    /// Why a demand is not reasonable, as the customer is told.
    pub demand_explanation: String,
    /// How it is solved.
    pub solution: Solution,
    /// A way round until it is solved.
    pub workaround: String,
    /// What keeps it from happening again.
    pub prevention: String,
    /// What it was about and what came of it.
    pub summary: String,
    /// What was learned.
    pub lesson: String,
    /// What the customer said about how it was handled.
    pub satisfaction_words: String,
    /// The customer was asked and did not say how satisfied they are.
    pub satisfaction_unsaid: bool,
    /// How satisfied the customer was before the case was taken up again, the earliest first.
    pub satisfaction_earlier: Vec<EarlierSatisfaction>,
}
