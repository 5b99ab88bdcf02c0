//! Promises (承诺): what somebody of the team committed to towards a customer, such as a refund within three days.
//!
//! A promise is marked in a message or entered by hand. It has an owner and a clock (subject `promise`), which warns
//! before time runs out and never waits: the customer was given a day. It is *kept* when done in time, *broken* from
//! the instant at which its clock ran out, also if it is done later, and *withdrawn* for a reason. That it is done can be
//! taken back: its clock goes on then. What somebody promised who
//! is recused from its case goes to whoever owns the case, as soon as there is an owner.
//!
//! Events: `promise.*`, and those of its clock. Rights: `case.read`, `case.read_all`, `case.work`.

mod events;
mod http;
mod model;
mod reactors;
mod service;
mod store;

pub use events::{
    PromiseBroken, PromiseKept, PromiseMade, PromiseReassigned, PromiseReopened, PromiseStanding,
    PromiseWithdrawn,
};
pub use model::{Promise, PromiseId, PromiseState};
pub use service::{Filter, NewPromise, keep, list, make, one, reopen, withdraw};

pub(crate) use http::{PromiseView, routes, show};
pub(crate) use reactors::{Clocks, Recusals};
pub(crate) use service::{find, pending_of_case};
