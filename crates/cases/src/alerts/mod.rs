//! Alerts (提醒): what users are told in the console because it concerns them and cannot wait until they look.
//!
//! Each belongs to one user and is about a case, a conversation without a case, or a version of a plan. The number of unread
//! ones is kept. Who is recused from a case is told nothing of it.
//!
//! Events: `alert.raised`, `alert.read`. Rights: `case.read`; everybody sees their own.

mod events;
mod http;
mod model;
mod plans;
mod promises;
mod reactors;
mod service;
mod store;

use heard_runtime::Registry;

pub use events::{AlertRaised, AlertsRead};
pub use http::{AlertView, routes};
pub use model::{Alert, AlertId, AlertKind};
pub use service::{list, read, unread};

pub(crate) use model::Params;
pub(crate) use reactors::{in_charge, superiors};
pub(crate) use service::raise;

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.reactor(reactors::Collaboration).reactor(promises::Promises).reactor(plans::Reviews);
}
