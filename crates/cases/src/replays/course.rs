//! The life of a case as the log tells it.

use heard_kernel::{Result, Timestamp, clock_policy::PauseReason};
use heard_runtime::{Event as _, StoredEvent};

use crate::{
    cases::{
        Archived, Classified, Moved, Opened, Reopened, Resumed, StageBegun, StageDone, StageEnding,
        StageLeft, StageSkipped, Waiting,
    },
    links::{Merged, Unmerged},
    plans::{CaseFacts, PlanVersionId, StageKind},
};

/// The events that clocks go by.
pub(super) const KINDS: [&str; 13] = [
    Opened::KIND,
    Classified::KIND,
    StageBegun::KIND,
    StageDone::KIND,
    StageSkipped::KIND,
    StageLeft::KIND,
    Waiting::KIND,
    Resumed::KIND,
    Archived::KIND,
    Reopened::KIND,
    Moved::KIND,
    Merged::KIND,
    Unmerged::KIND,
];

/// What kind of case it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Kind {
    type_key: String,
    category_key: Option<String>,
    severity_key: Option<String>,
    urgency_key: Option<String>,
    difficulty_key: Option<String>,
}

impl Kind {
    pub(super) fn facts(&self) -> CaseFacts<'_> {
        CaseFacts {
            case_type: &self.type_key,
            category: self.category_key.as_deref(),
            severity: self.severity_key.as_deref(),
            urgency: self.urgency_key.as_deref(),
            difficulty: self.difficulty_key.as_deref(),
        }
    }
}

/// Something that happened to a case.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum What {
    Opened { kind: Kind, received_at: Timestamp, version: PlanVersionId },
    Classified(Kind),
    StageBegun(StageKind),
    StageEnded { completed: bool, returned: bool },
    Waiting(PauseReason),
    Resumed { written_at: Option<Timestamp> },
    Archived,
    Reopened,
    Moved(PlanVersionId),
    Merged,
    Unmerged,
}

impl What {
    /// What an event says, when clocks go by it.
    pub(super) fn of(event: &StoredEvent) -> Result<Option<Self>> {
        Ok(Some(match event.kind.as_str() {
            StageDone::KIND | StageSkipped::KIND => Self::StageEnded { completed: true, returned: false },
            Archived::KIND => Self::Archived,
            Reopened::KIND => Self::Reopened,
            Merged::KIND => Self::Merged,
            Unmerged::KIND => Self::Unmerged,
            _ => return Self::with_values(event),
        }))
    }

    fn with_values(event: &StoredEvent) -> Result<Option<Self>> {
        if let Some(left) = event.decode::<StageLeft>()? {
            let returned = left.ending == StageEnding::Returned;
            return Ok(Some(Self::StageEnded { completed: false, returned }));
        }
        if let Some(begun) = event.decode::<StageBegun>()? {
            return Ok(Some(Self::StageBegun(begun.stage_kind)));
        }
        if let Some(opened) = event.decode::<Opened>()? {
            let kind = Kind {
                type_key: opened.type_key,
                category_key: opened.category_key,
                severity_key: opened.severity_key,
                urgency_key: opened.urgency_key,
                difficulty_key: opened.difficulty_key,
            };
            let version = opened.plan_version_id.into();
            return Ok(Some(Self::Opened { kind, received_at: opened.received_at, version }));
        }
        if let Some(classified) = event.decode::<Classified>()? {
            return Ok(Some(Self::Classified(Kind {
                type_key: classified.type_key,
                category_key: classified.category_key,
                severity_key: classified.severity_key,
                urgency_key: classified.urgency_key,
                difficulty_key: classified.difficulty_key,
            })));
        }
        if let Some(waiting) = event.decode::<Waiting>()? {
            return Ok(Some(Self::Waiting(waiting.reason)));
        }
        if let Some(resumed) = event.decode::<Resumed>()? {
            return Ok(Some(Self::Resumed { written_at: resumed.written_at }));
        }
        Ok(event.decode::<Moved>()?.map(|moved| Self::Moved(moved.plan_version_id.into())))
    }

    /// Whether clocks are brought in line after it.
    pub(super) const fn moves_clocks(&self) -> bool {
        !matches!(self, Self::Waiting(_) | Self::Resumed { .. } | Self::Merged)
    }

    /// The version of the plan that a case follows from here on.
    pub(super) const fn version(&self) -> Option<PlanVersionId> {
        match self {
            Self::Opened { version, .. } | Self::Moved(version) => Some(*version),
            _ => None,
        }
    }
}

/// The life of a case.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Course {
    /// The case.
    pub(super) case_id: uuid::Uuid,
    /// Its number for people.
    pub(super) number: String,
    /// What happened, in order.
    pub(super) happened: Vec<(Timestamp, What)>,
    /// When which clock was extended, in order.
    pub(super) extended: Vec<(Timestamp, String)>,
}
