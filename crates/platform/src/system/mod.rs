//! The state of the system: what is measured, what is wrong and what to do about it, and the jobs behind the services.

mod checks;
mod events;
pub mod http;
mod jobs;
mod measure;
mod store;

pub use checks::{Check, checks};
pub use events::{JobDiscarded, JobRetried, JobsRetried};
pub use measure::System;
pub(crate) use measure::started;
