//! Escalations (升级): what the plan has done when time runs out or a case is grave.
//!
//! A chain's steps answer to the warnings, the breach and the lateness of a clock: of the case, by the rule of the plan that
//! started it; of a task or a hand-over, by the chain that the plan names for those. An alarm answers to a case becoming such
//! as it describes. Each step is done once for its clock, each alarm once for its case, however often the event is seen and
//! however long the process was down: the row that says so is written with what is done. What cannot be done, because
//! the case is archived or a department has no team, is left out and the row says so.
//!
//! Events: those of what is done. Rights: `case.read`.

mod actions;
mod http;
mod model;
mod reactors;
mod rules;
mod store;

use heard_kernel::{Actor, Result};
use heard_runtime::Registry;
use heard_store::Tx;

pub use http::routes;
pub use model::{Deed, Escalation, EscalationId};

use crate::{cases::CaseId, ground::readable};

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.reactor(reactors::Chains).reactor(reactors::Alarms);
}

/// What was escalated about a case that the actor sees, in order.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &Tx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<Escalation>> {
    readable(tx, actor, id).await?;
    store::of_case(tx, id).await
}
