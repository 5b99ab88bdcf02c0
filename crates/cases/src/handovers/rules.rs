//! What may become of a hand-over. No storage.

use heard_kernel::{Actor, ActorKind, Code, Error, Result, codes};
use heard_platform::directory::UserId;

use super::model::{Handover, HandoverState};
use crate::rights;

/// The hand-over is in another state by now (`params.state`); look at it again.
pub(crate) const HANDOVER_STATE: Code = Code::new("handover_state", 409);

/// Nobody says of their own work, or of that of their department, that it is good enough.
pub(crate) const HANDOVER_OWN: Code = Code::new("handover_own", 403);

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

/// Fails when the actor would judge work of their own: who did it does not say that it is good enough, nor does the
/// department that did it, unless it asked for it or owns the case. Who may give cases to others can, because a shop with
/// one person needs hand-overs too.
pub(crate) fn check_not_own(actor: &Actor, owner: Option<UserId>, handover: &Handover) -> Result<()> {
    let me = actor.id.map(UserId);
    let answers = me.is_some() && [handover.asked_by, owner].contains(&me);
    let did_it = me.is_some() && handover.done_by == me;
    let inside = actor.team_ids.contains(&handover.team_id.0) && !answers;
    if (did_it || inside) && actor.kind != ActorKind::System && !actor.may(rights::ASSIGN) {
        return Err(Error::new(HANDOVER_OWN));
    }
    Ok(())
}

/// Whether the department takes the case itself, and gives it back.
pub(crate) fn carries_case(handover: &Handover) -> bool {
    !handover.joint && handover.scope.trim().is_empty()
}
