//! Teams (agents who share queues) and departments (who solve cases).

mod events;
pub mod http;
mod model;
mod service;
mod store;

pub use events::{TeamCreated, TeamDeleted, TeamUpdated};
pub use model::Team;
pub use service::USER_UNKNOWN;
pub(crate) use store::{of_users, remove_member};
