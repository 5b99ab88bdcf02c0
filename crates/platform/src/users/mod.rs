//! Users: the accounts of people inside.

mod events;
pub mod http;
mod model;
mod service;
pub(crate) mod store;

pub use events::{UserCreated, UserUpdated};
pub use model::User;
pub(crate) use service::{Fresh, account, add, check_rank, check_teams, present, unique};
pub use service::{LAST_ADMINISTRATOR, TEAM_UNKNOWN};
