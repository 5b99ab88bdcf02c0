//! The audit: who did what and who read what, in a chain of hashes in which nothing can be changed or left out without
//! being noticed.
//!
//! A reactor writes it from the log: what is not an event is not audited. Each entry's hash covers the entry and the hash
//! before it; the head of the chain is kept apart, so that a cut-off end is noticed too.

mod chain;
mod events;
mod export;
pub mod http;
mod model;
mod reactor;
mod service;
mod store;

pub use events::AuditExported;
pub use model::{AuditActor, AuditEntry, AuditSubject, Verification};
pub use reactor::Auditor;
pub use service::verify;
