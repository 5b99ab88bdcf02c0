//! What is told about hand-overs.

use heard_platform::directory::{TeamId, UserId};

use super::model::HandoverId;
use crate::ground::events_of_cases;

events_of_cases! {
    /// A department was asked to take a case or a part of it.
    HandoverAsked = "case.handover_asked" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that is asked.
        to_team_id: TeamId,
        /// It works beside the owner.
        joint: bool,
    }
    /// The department took it.
    HandoverAccepted = "case.handover_accepted" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that took it.
        to_team_id: TeamId,
        /// Who deals with it there.
        handler_id: Option<UserId>,
    }
    /// The department did not take it.
    HandoverSentBack = "case.handover_sent_back" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that was asked.
        to_team_id: TeamId,
        /// Who asked.
        asked_by: Option<UserId>,
    }
    /// The department has done it.
    HandoverDone = "case.handover_done" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that did it.
        to_team_id: TeamId,
        /// Who asked.
        asked_by: Option<UserId>,
    }
    /// Who asked is content with the result.
    HandoverClosed = "case.handover_closed" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that did it.
        to_team_id: TeamId,
    }
    /// Who asked is not content with the result; the department goes on.
    HandoverReopened = "case.handover_reopened" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that goes on with it.
        to_team_id: TeamId,
        /// Who deals with it there.
        handler_id: Option<UserId>,
    }
    /// Who asked took it back.
    HandoverWithdrawn = "case.handover_withdrawn" {
        /// Which hand-over.
        handover_id: HandoverId,
        /// The team that was asked.
        to_team_id: TeamId,
    }
}
