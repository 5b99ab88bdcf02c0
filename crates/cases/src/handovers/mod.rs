//! Hand-overs (转办): a case, or a part of it, goes to a department and comes back.
//!
//! A hand-over is *asked*; the department *accepts* it or *sends it back* with a reason; it is *done* with a result; whoever
//! asked looks at the result and *closes* it, which neither who did it nor their department does, or, not content with it,
//! *reopens* it for the department; or it was *withdrawn*. The whole case is with one department at a time. While it is
//! accepted, a hand-over of the whole case gives the case to the department, and back to who had it before when it is
//! done. In *joint* handling departments work beside
//! the owner, who stays responsible. Each may run on a clock until it is done. Those under way count for the stages
//! that ask that none is.
//!
//! Events: `case.handover_*`. Rights: `case.read`, `case.work`.

mod events;
mod http;
mod model;
mod rules;
mod service;
mod store;

pub use events::{
    HandoverAccepted, HandoverAsked, HandoverClosed, HandoverDone, HandoverReopened, HandoverSentBack,
    HandoverWithdrawn,
};
pub(crate) use http::show;
pub use http::{HandoverView, routes};
pub use model::{Handover, HandoverId, HandoverState, NewHandover};
pub use service::{accept, ask, close, done, inbox, list, reopen, send_back, withdraw};

pub(crate) use service::{doer, join};
