//! What is told about cases. Ids, keys and values only: what people wrote stays in the case.

use heard_desk::{contacts::ContactId, conversations::ConversationId, tags::TagId};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::{
    Case, CaseId, CaseState, EvidenceId, Outcome, Role, Source, StageEnding, Tally, WaitEnding,
};
use crate::plans::{Priority, StageKind};
use heard_kernel::{Timestamp, clock_policy::PauseReason};

/// Where a case stands; part of every event about it, so that listeners know whom it concerns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    /// Which one.
    pub case_id: CaseId,
    /// Its number for people.
    pub no: i64,
    /// Whether somebody is to act.
    pub state: CaseState,
    /// Who is responsible for it.
    pub owner_id: Option<UserId>,
    /// Which team has it.
    pub team_id: Option<TeamId>,
    /// Who is served.
    pub contact_id: Option<ContactId>,
}

impl From<&Case> for Standing {
    fn from(case: &Case) -> Self {
        Self {
            case_id: case.id,
            no: case.no,
            state: case.state,
            owner_id: case.owner_id,
            team_id: case.team_id,
            contact_id: case.contact_id,
        }
    }
}

macro_rules! case_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Where the case stands after it.
            #[serde(flatten)]
            pub standing: Standing,
            $($(#[$about])* pub $field: $ty,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::new("case", self.standing.case_id)
            }
        }
    )+};
}

case_events! {
    /// A case was opened.
    Opened = "case.opened" {
        /// Key of its type.
        type_key: String,
        /// How it came.
        source: Source,
        /// When the customer turned to us.
        received_at: Timestamp,
        /// The version of the plan that it follows.
        plan_version_id: Uuid,
        /// Key of its category, when it was classified at once.
        #[serde(default)]
        category_key: Option<String>,
        /// Key of its severity.
        #[serde(default)]
        severity_key: Option<String>,
        /// Key of its urgency.
        #[serde(default)]
        urgency_key: Option<String>,
        /// Key of its difficulty.
        #[serde(default)]
        difficulty_key: Option<String>,
    }
    /// Fields of a case changed.
    Updated = "case.updated" {
        /// The fields that changed; fields of the plan as `custom.key`.
        fields: Vec<String>,
    }
    /// Type, category, severity, urgency or difficulty changed.
    Classified = "case.classified" {
        /// Key of the type.
        type_key: String,
        /// Key of the category.
        category_key: Option<String>,
        /// Key of the severity.
        severity_key: Option<String>,
        /// Key of the urgency.
        urgency_key: Option<String>,
        /// Key of the difficulty.
        difficulty_key: Option<String>,
        /// The priority that follows.
        priority: Priority,
        /// Key of the category before.
        former_category_key: Option<String>,
        /// Key of the severity before.
        former_severity_key: Option<String>,
        /// Key of the urgency before.
        #[serde(default)]
        former_urgency_key: Option<String>,
        /// Key of the difficulty before.
        #[serde(default)]
        former_difficulty_key: Option<String>,
        /// The priority before.
        former_priority: Priority,
    }
    /// It was given to somebody or to a team.
    Assigned = "case.assigned" {
        /// Who was responsible before.
        former_owner_id: Option<UserId>,
        /// Which team had it before.
        former_team_id: Option<TeamId>,
    }
    /// A stage began.
    StageBegun = "case.stage_begun" {
        /// Key of the stage.
        stage_key: String,
        /// What it is about.
        stage_kind: StageKind,
        /// The number of its run within the case.
        stage_no: i64,
    }
    /// A stage was completed.
    StageDone = "case.stage_done" {
        /// Key of the stage.
        stage_key: String,
        /// What it is about.
        stage_kind: StageKind,
        /// The number of its run within the case.
        stage_no: i64,
    }
    /// An optional stage was left out.
    StageSkipped = "case.stage_skipped" {
        /// Key of the stage.
        stage_key: String,
        /// What it is about.
        stage_kind: StageKind,
    }
    /// A stage ended without being completed: an earlier one begins again, another flow holds, or the case was archived.
    StageLeft = "case.stage_left" {
        /// Key of the stage.
        stage_key: String,
        /// What it is about.
        stage_kind: StageKind,
        /// How it ended.
        ending: StageEnding,
    }
    /// It waits.
    Waiting = "case.waiting" {
        /// For whom.
        reason: PauseReason,
    }
    /// It waits no longer.
    Resumed = "case.resumed" {
        /// For whom it waited.
        reason: PauseReason,
        /// Why that ended.
        ending: WaitEnding,
        /// When the customer wrote, where that ended it.
        #[serde(default)]
        written_at: Option<Timestamp>,
    }
    /// It was archived.
    Archived = "case.archived" {
        /// What became of it.
        outcome: Option<Outcome>,
    }
    /// It was opened again.
    Reopened = "case.reopened" {
        /// How often that happened.
        times: i64,
    }
    /// It follows another version of the plan.
    Moved = "case.moved" {
        /// The version.
        plan_version_id: Uuid,
        /// The version before.
        former_plan_version_id: Uuid,
        /// Why.
        #[serde(default)]
        reason: String,
    }
    /// A conversation was linked to it.
    ConversationLinked = "case.conversation_linked" {
        /// Which one.
        conversation_id: ConversationId,
    }
    /// A conversation was unlinked from it.
    ConversationUnlinked = "case.conversation_unlinked" {
        /// Which one.
        conversation_id: ConversationId,
    }
    /// Evidence was added.
    EvidenceAdded = "case.evidence_added" {
        /// Which piece.
        evidence_id: EvidenceId,
        /// SHA-256 of its content.
        sha256: String,
    }
    /// Evidence was marked as removed.
    EvidenceRemoved = "case.evidence_removed" {
        /// Which piece.
        evidence_id: EvidenceId,
    }
    /// Users took a role in it or gave it up.
    PeopleChanged = "case.people_changed" {
        /// The role.
        role: Role,
        /// Who took it.
        added: Vec<UserId>,
        /// Who gave it up.
        removed: Vec<UserId>,
    }
    /// Teams began or ceased to work on it beside the one that has it.
    TeamsChanged = "case.teams_changed" {
        /// Began.
        added: Vec<TeamId>,
        /// Ceased.
        removed: Vec<TeamId>,
    }
    /// Tags were put on or taken off.
    Tagged = "case.tagged" {
        /// Put on.
        added: Vec<TagId>,
        /// Taken off.
        removed: Vec<TagId>,
    }
    /// What other parts count about it changed.
    Tallied = "case.tallied" {
        /// What.
        what: Tally,
        /// How many there are now.
        n: i64,
    }
}
