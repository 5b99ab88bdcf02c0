//! The spine: commands run in a transaction that stores state, events, jobs and deadlines together; reactors, jobs
//! and deadlines carry the news on from there.
//!
//! Invariants: an event is visible exactly when the state that it tells of is; the log is read in the order in which
//! transactions committed; the effect of a reactor and its cursor move together; a deadline fires once.

pub mod config;
mod ctx;
mod deadline;
mod event;
mod job;
mod lease;
mod log;
mod migrations;
mod reactor;
mod spine;
mod tail;
mod tx;

pub use config::Config;
pub use ctx::{Ctx, IdempotencyKey};
pub use deadline::{Deadline, DeadlineHandler};
pub use event::{Event, StoredEvent, Subject};
pub use job::{
    JOB_HOPELESS, Job, JobHandler, JobKind, JobState, JobSummary, discard, list as list_jobs, retry,
    retry_all, summary,
};
pub use log::{events_of, history_of};
pub use migrations::MIGRATIONS;
pub use reactor::{Reactor, ReactorState, reactor_states};
pub use spine::{Registry, Spine, Stop};
pub use tx::Tx;

/// A future that need not move between threads: what runs inside a transaction.
pub type LocalFuture<'a, T> = futures_util::future::LocalBoxFuture<'a, heard_kernel::Result<T>>;
/// A future that may move between threads: what runs outside transactions.
pub type SendFuture<'a, T> = futures_util::future::BoxFuture<'a, heard_kernel::Result<T>>;
