//! What is done on a case, and what is granted.

use heard_kernel::clock_policy::Limit;
use heard_store::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Condition, StageKind, Text};

/// A checklist for cases of a kind. All playbooks that fit a case apply to it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Which cases.
    #[serde(default)]
    pub when: Condition,
    /// Steps in their order.
    pub steps: Vec<PlaybookStep>,
}

words! {
    /// What a step of a playbook asks for.
    #[schema(as = PlaybookStepKind)]
    StepKind {
        /// Something to do, with what came of it.
        Task => "task",
        /// Finding out what is the matter.
        Diagnosis => "diagnosis",
        /// A way round until it is solved, told to the customer.
        Workaround => "workaround",
        /// The solution: steps, tools, risks, feasibility, department, time of completion.
        Solution => "solution",
        /// What keeps it from happening again.
        Prevention => "prevention",
        /// Whether the demand is reasonable, with the explanation that the customer gets when it is not.
        DemandJudgement => "demand_judgement",
        /// Following it until it is proved to work.
        Tracking => "tracking",
        /// What was learned, and what changes in the process.
        Lesson => "lesson",
        /// Somebody is to be trained.
        Training => "training",
    }
}

/// A step of a playbook; becomes a task of the case.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaybookStep {
    /// Key, unique within the playbook.
    pub key: String,
    /// What it asks for.
    pub kind: StepKind,
    /// What to do in a sentence.
    pub title: Text,
    /// How.
    #[serde(default)]
    pub detail: Text,
    /// The kind of stage at which it is due.
    #[serde(default)]
    pub stage: Option<StageKind>,
    /// The stage cannot be completed without it.
    #[serde(default)]
    pub required: bool,
    /// How long it may take from the beginning of its stage.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// Key of the chain of escalation; that of all tasks when absent.
    #[serde(default)]
    pub escalation: Option<String>,
    /// Key of the department that does it; the owner when absent.
    #[serde(default)]
    pub department: Option<String>,
}

words! {
    /// Kinds of remedies (ISO 10002:2018, clause 7.7 and annex).
    RemedyKind {
        /// Money back.
        Refund => "refund",
        /// Another one instead.
        Replacement => "replacement",
        /// Repair or rework.
        Repair => "repair",
        /// Something else instead.
        Substitution => "substitution",
        /// Technical help.
        TechnicalAssistance => "technical_assistance",
        /// Information.
        Information => "information",
        /// Referral to somebody else.
        Referral => "referral",
        /// Financial help.
        FinancialAssistance => "financial_assistance",
        /// Help of another kind.
        OtherAssistance => "other_assistance",
        /// Compensation.
        Compensation => "compensation",
        /// An apology.
        Apology => "apology",
        /// A gift or token of goodwill.
        Goodwill => "goodwill",
        /// A change of product, process, rule or training because of the complaint.
        Change => "change",
    }
}

/// What can be granted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanRemedy)]
pub struct Remedy {
    /// Key.
    pub key: String,
    /// Kind.
    pub kind: RemedyKind,
    /// Name.
    pub name: Text,
    /// It has an amount of money.
    #[serde(default)]
    pub has_amount: bool,
    /// Who may grant it; others ask for approval. Nobody needs approval when empty.
    #[serde(default)]
    pub authority: Vec<Authority>,
}

/// Up to which amount a built-in role may grant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// `agent`, `supervisor`, `manager`, `department_handler` or `administrator`.
    pub role: String,
    /// Minor units of money; without limit when absent.
    #[serde(default)]
    pub up_to: Option<i64>,
}
