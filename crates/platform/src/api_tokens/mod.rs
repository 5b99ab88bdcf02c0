//! API tokens: how other programs act for a user, with some of the user's rights.

mod events;
pub mod http;
mod model;
mod service;
mod store;

pub use events::{ApiTokenCreated, ApiTokenRevoked};
pub use model::{ApiToken, PREFIX};
pub(crate) use service::{by_digest, one, used};
