//! What may become of a hand-over. No storage.

use heard_kernel::{Actor, ActorKind, Code, Error, Result, codes};

use super::model::{Handover, HandoverState};
use crate::rights;

/// The hand-over is in another state by now (`params.state`); look at it again.
pub(crate) const HANDOVER_STATE: Code = Code::new("handover_state", 409);

/// Fails unless the hand-over is in one of these states.
pub(crate) fn check_state(handover: &Handover, allowed: &[HandoverState]) -> Result<()> {
    if allowed.contains(&handover.state) {
        return Ok(());
    }
    Err(Error::new(HANDOVER_STATE).with("state", handover.state))
}

/// Fails unless the actor belongs to the department, or may give cases to others.
pub(crate) fn check_department(actor: &Actor, handover: &Handover) -> Result<()> {
    let inside = actor.team_ids.contains(&handover.team_id.0) || actor.kind == ActorKind::System;
    if inside || actor.may(rights::ASSIGN) {
        return Ok(());
    }
    Err(Error::new(codes::FORBIDDEN).with("right", rights::ASSIGN.0))
}

/// Whether the department takes the case itself, and gives it back.
pub(crate) fn carries_case(handover: &Handover) -> bool {
    !handover.joint && handover.scope.trim().is_empty()
}
