//! Hand-overs as they are stored and written.

use heard_kernel::{Timestamp, clock_policy::Limit};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::cases::{CaseId, stored};

id_type!(
    /// Names a hand-over.
    HandoverId
);

words! {
    /// Where a hand-over stands.
    HandoverState {
        /// The department has not answered yet.
        Asked => "asked",
        /// The department works on it.
        Accepted => "accepted",
        /// The department has done it; who asked has not looked at the result yet.
        Done => "done",
        /// Who asked is content with the result.
        Closed => "closed",
        /// The department does not take it, for a reason.
        SentBack => "sent_back",
        /// Who asked took it back.
        Withdrawn => "withdrawn",
    }
}

impl HandoverState {
    /// Whether somebody still has to act.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Accepted | Self::Done)
    }
}

stored! {
    /// A case, or a part of it, in the hands of a department.
    #[derive(Serialize, ToSchema)]
    #[schema(as = CaseHandoverRow)]
    Handover {
        /// Its id.
        id: HandoverId,
        /// The case.
        case_id: CaseId,
        /// Its number within the case, from 1.
        no: i64,
        /// Key of the department in the plan.
        #[schema(required = true)]
        department_key: Option<String>,
        /// The team that it goes to.
        team_id: TeamId,
        /// Which part of the case; empty for the whole.
        scope: String,
        /// The department works beside the owner, who stays responsible.
        joint: bool,
        /// Where it stands.
        state: HandoverState,
        /// What is asked.
        note: String,
        /// Who deals with it in the department.
        #[schema(required = true)]
        handler_id: Option<UserId>,
        /// Who owned the case before the department took it.
        #[schema(required = true)]
        former_owner_id: Option<UserId>,
        /// Which team had the case before.
        #[schema(required = true)]
        former_team_id: Option<TeamId>,
        /// When it is due, as its clock was started.
        #[schema(required = true)]
        due_at: Option<Timestamp>,
        /// What came of it.
        result: String,
        /// Why it was sent back, reopened or withdrawn.
        reason: String,
        /// When it was asked.
        asked_at: Timestamp,
        /// Who asked; nobody when it was by rule.
        #[schema(required = true)]
        asked_by: Option<UserId>,
        /// When it was accepted.
        #[schema(required = true)]
        accepted_at: Option<Timestamp>,
        /// When it was done.
        #[schema(required = true)]
        done_at: Option<Timestamp>,
        /// Who did it.
        #[schema(required = true)]
        done_by: Option<UserId>,
        /// When it was closed, sent back or withdrawn.
        #[schema(required = true)]
        ended_at: Option<Timestamp>,
        /// Who did that.
        #[schema(required = true)]
        ended_by: Option<UserId>,
    }
    json {}
}

/// To which department a case goes.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
#[schema(as = NewCaseHandover)]
pub struct NewHandover {
    /// Keys of departments of the plan; several only in joint handling.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Teams, for what the plan has no department for.
    #[serde(default)]
    pub team_ids: Vec<TeamId>,
    /// Which part of the case; the whole when empty.
    #[serde(default)]
    pub scope: String,
    /// The departments work beside the owner, who stays responsible.
    #[serde(default)]
    pub joint: bool,
    /// What is asked.
    pub note: String,
    /// How long it may take from now on.
    pub limit: Option<Limit>,
}
