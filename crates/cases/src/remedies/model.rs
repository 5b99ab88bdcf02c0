//! Remedies as they are stored and written.

use heard_kernel::Timestamp;
use heard_platform::directory::UserId;
use heard_store::{id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    cases::{CaseId, stored},
    plans::RemedyKind,
};

id_type!(
    /// Names a remedy.
    RemedyId
);

words! {
    /// Where a remedy stands.
    RemedyState {
        /// It needs approval.
        Asked => "asked",
        /// It is granted.
        Granted => "granted",
        /// It was refused, for a reason.
        Refused => "refused",
        /// It was taken back, for a reason.
        Withdrawn => "withdrawn",
    }
}

stored! {
    /// What a customer is granted, or what was asked for them.
    #[derive(Serialize, ToSchema)]
    #[schema(as = CaseRemedyRow)]
    GrantedRemedy {
        /// Its id.
        id: RemedyId,
        /// The case.
        case_id: CaseId,
        /// Key in the plan.
        remedy_key: String,
        /// Kind.
        kind: RemedyKind,
        /// Amount in minor units of money.
        #[schema(required = true)]
        amount: Option<i64>,
        /// The currency of the amount, as ISO 4217 calls it.
        currency: String,
        /// What exactly, and why.
        note: String,
        /// Where it stands.
        state: RemedyState,
        /// Why it was refused or taken back.
        reason: String,
        /// When it was asked or granted.
        asked_at: Timestamp,
        /// Who asked or granted.
        #[schema(required = true)]
        asked_by: Option<UserId>,
        /// When it was decided.
        #[schema(required = true)]
        decided_at: Option<Timestamp>,
        /// Who decided.
        #[schema(required = true)]
        decided_by: Option<UserId>,
    }
    json {}
}

/// A remedy to be granted.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseRemedy)]
pub struct NewRemedy {
    /// Key in the plan.
    pub remedy: String,
    /// Amount in minor units of money, for remedies that have one.
    pub amount: Option<i64>,
    /// What exactly, and why.
    #[serde(default)]
    pub note: String,
}
