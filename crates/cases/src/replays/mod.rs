//! Replays (推演): what would have happened to the cases of a period if they had followed a version of a plan.
//!
//! A replay tells the life of each case anew from the log — when it came, how it was classified, when its stages began and
//! ended, when it waited — and lets the clocks run by it twice: under the versions of the plan that the case really followed,
//! and under the *candidate*. Both go by the rules that running cases go by, so the first half agrees with the clocks that
//! there were. What people did is taken as it was: another plan would not have made them faster. Deadlines count by the calendars
//! as they are now; an extension by a person gives the limit that the rule in question has for it.
//!
//! Which cases: those received in the period, under way or archived; not those merged into another. A replay is
//! reckoned by a job in pages of cases, beside everything else, and kept for 90 days.
//!
//! Events: `plan.replay_asked`, `plan.replayed`. Job: `plan.replay`. Rights: `plan.read` with `case.read_all`.

mod course;
mod events;
mod http;
mod jobs;
mod model;
mod service;
mod stage;
mod store;

pub use events::{ReplayAsked, Replayed};
pub use model::{NewReplay, PlanReplay, ReplayId, ReplayState};
pub use service::{MAX_CASES, MAX_DAYS, ask, get, list};

pub(crate) use http::routes;
pub(crate) use jobs::Replayer;
