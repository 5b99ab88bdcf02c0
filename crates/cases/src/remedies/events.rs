//! What is told about remedies.

use heard_platform::directory::UserId;

use super::model::RemedyId;
use crate::ground::events_of_cases;

events_of_cases! {
    /// A remedy needs approval.
    RemedyAsked = "case.remedy_asked" {
        /// Which one.
        remedy_id: RemedyId,
        /// Key in the plan.
        remedy_key: String,
        /// Amount in minor units.
        amount: Option<i64>,
        /// The currency of the amount.
        #[serde(default)]
        currency: String,
        /// Who asked.
        asked_by: Option<UserId>,
    }
    /// A remedy was granted.
    RemedyGranted = "case.remedy_granted" {
        /// Which one.
        remedy_id: RemedyId,
        /// Key in the plan.
        remedy_key: String,
        /// Amount in minor units.
        amount: Option<i64>,
        /// The currency of the amount.
        #[serde(default)]
        currency: String,
        /// Who asked.
        asked_by: Option<UserId>,
    }
    /// A remedy was refused.
    RemedyRefused = "case.remedy_refused" {
        /// Which one.
        remedy_id: RemedyId,
        /// Key in the plan.
        remedy_key: String,
        /// Who asked.
        asked_by: Option<UserId>,
    }
    /// A remedy was taken back.
    RemedyWithdrawn = "case.remedy_withdrawn" {
        /// Which one.
        remedy_id: RemedyId,
        /// Key in the plan.
        remedy_key: String,
    }
}
