//! Which conversations become cases by themselves.

use heard_desk::{inboxes::InboxId, tags::TagId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// Opens a case from a conversation when a customer writes certain words or somebody puts a tag on it. Of the rules of a plan
/// the first that fits counts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanIntakeRule)]
pub struct IntakeRule {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// When a case is opened. Words or tags must be given.
    #[serde(default)]
    pub when: IntakeWhen,
    /// What kind of case it is.
    pub then: IntakeThen,
}

/// When a case is opened from a conversation: on one of the words or one of the tags, in one of the inboxes.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = PlanIntakeWhen)]
pub struct IntakeWhen {
    /// Inboxes; all when empty.
    #[schema(value_type = Vec<String>)]
    pub inbox_ids: Vec<InboxId>,
    /// A message of the customer holds one of these. Upper and lower case, full and half width, simplified and traditional are
    /// the same; Latin words count only as whole words.
    pub words: Vec<String>,
    /// The conversation gets one of these tags.
    #[schema(value_type = Vec<String>)]
    pub tags: Vec<TagId>,
}

/// What kind of case is opened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanIntakeThen)]
pub struct IntakeThen {
    /// Key of the type.
    pub case_type: String,
    /// Key of the category; left to people when absent.
    #[serde(default)]
    pub category: Option<String>,
    /// Key of the severity; the one that is proposed for the category when absent.
    #[serde(default)]
    pub severity: Option<String>,
}
