//! Clocks as they are shown.

use heard_kernel::{
    Result, Timestamp,
    clock_policy::{Assessment, Limit, Policy, Verdict, combined_verdict, stricter},
};
use heard_platform::directory::UserId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    model::{Clock, ClockId, SubjectKind},
    shelf::Shelf,
};
use crate::plans::Text;

/// A clock and where it stands.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Clock)]
pub struct ClockView {
    /// Which one.
    pub id: ClockId,
    /// What it is on.
    pub subject_kind: SubjectKind,
    /// Which one it is on.
    pub subject_id: Uuid,
    /// The case that it belongs to.
    #[schema(required = true)]
    pub case_id: Option<Uuid>,
    /// Who has to keep it, where that is another than who owns the case.
    #[schema(required = true)]
    pub owner_id: Option<UserId>,
    /// Key of its rule.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Where its rule comes from.
    pub source: Text,
    /// How long it may run, what pauses it, when it warns.
    pub policy: Policy,
    /// The calendar that it counts by.
    pub calendar: String,
    /// Key of the chain of escalation.
    #[schema(required = true)]
    pub escalation: Option<String>,
    /// The limit that the next extension gives; absent when none is left.
    #[schema(required = true)]
    pub next_extension: Option<Limit>,
    /// When it was last extended.
    #[schema(required = true)]
    pub extended_at: Option<Timestamp>,
    /// Whether it is the one of those shown with it that drives the alarm.
    pub strictest: bool,
    /// Where it stands.
    pub assessment: Assessment,
    /// Rises with each change.
    pub version: i64,
}

impl ClockView {
    pub(super) fn of(clock: &Clock, shelf: &Shelf, assessment: Assessment) -> Result<Self> {
        let terms = &clock.terms;
        Ok(Self {
            id: clock.id,
            subject_kind: clock.subject.kind,
            subject_id: clock.subject.id,
            case_id: clock.case_id,
            owner_id: clock.owner_id,
            key: terms.key.clone(),
            name: terms.name.clone(),
            source: terms.source.clone(),
            policy: terms.policy.clone(),
            calendar: shelf.calendar(terms.calendar.as_deref())?.name().to_owned(),
            escalation: terms.escalation.clone(),
            next_extension: clock.next_extension(),
            extended_at: clock.extended_at(),
            strictest: false,
            assessment,
            version: clock.version,
        })
    }
}

/// The clocks of a case.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CaseClocks {
    /// In the order of their starts.
    pub clocks: Vec<ClockView>,
    /// What they come to together: late as soon as one is, in time when all are.
    #[schema(required = true)]
    pub verdict: Option<Verdict>,
}

impl CaseClocks {
    pub(super) fn of(clocks: Vec<ClockView>) -> Self {
        let mut clocks = clocks;
        let assessments: Vec<&Assessment> = clocks.iter().map(|clock| &clock.assessment).collect();
        let (strictest, verdict) = (stricter(&assessments), combined_verdict(&assessments));
        if let Some(index) = strictest {
            clocks[index].strictest = true;
        }
        Self { clocks, verdict }
    }
}
