//! Clocks (时限): deadlines on stages, tasks, hand-overs and promises, as the plan or a person demands them.
//!
//! A clock belongs to a *subject* and, where there is one, to a case. Its row holds its terms and its history: every
//! fact with its instant, its reason and who noted it. What the clock shows follows from the history by
//! [`heard_kernel::clock_policy`]; the columns of the row are what followed when it was last written. A change is one
//! write of the row and one of its deadline, whatever else runs.
//!
//! In transactions, for other slices (ids of cases and subjects are plain UUIDs):
//! - [`start`] begins a clock, also in the past; a second one with the key of an open one of the subject is not begun;
//! - [`fulfil`], [`cancel`], [`cancel_case`] stop the open clocks of a subject, by key, or of a case;
//! - [`reopen`] lets a stopped clock go on with its history, so that what was late stays late and what was waited for stays
//!   left out; [`stopped_of`] names those of a subject;
//! - [`pause`], [`resume`], [`customer_message`] concern the open clocks of a case;
//! - [`extend`] gives more time, [`change_terms`] puts a clock under another rule, both counted from its start;
//! - [`open_of`] names the open clocks of a subject, so that they can be compared with the rules that now hold;
//! - [`of_case`], [`of_subject`], [`of_subjects`] show clocks with their assessments; [`alarm_of`], [`alarms_of`] give
//!   the one that presses most, for lists; [`explain_case`] says why, for dossiers;
//! - [`extended_of`] tells when clocks of cases were extended;
//! - a `Trial` is a clock in memory, and a replay's `Sum` holds how clocks came out beside how they would have.
//!
//! A breach is a fact at its instant, also when the process was down then, and stays once it was told. Each warning,
//! the breach and each step after it are told once. When calendars change, running clocks move (`clock.moved`).
//!
//! Events: `clock.*`. Deadline: `clock.check`. Job: `clock.recount`. Rights: `case.read`, `case.manage`.

mod deadlines;
mod edit;
mod events;
mod explain;
mod history;
mod http;
mod model;
mod recount;
mod replay;
mod rules;
#[cfg(test)]
mod rules_tests;
mod service;
mod shelf;
mod store;
mod trial;
mod view;

pub use events::{
    ClockBreached, ClockCancelled, ClockChanged, ClockExtended, ClockFulfilled, ClockMoved, ClockOverdue,
    ClockPaused, ClockReopened, ClockResumed, ClockStarted, ClockWarned, Standing,
};
pub use explain::{ClockExplanation, ClockFact, explain_case};
pub use model::{Alarm, ClockId, ClockTerms, NewClock, OpenClock, StoppedClock, Subject, SubjectKind};
pub use replay::{ChangedDeadline, Replay, ReplayedClock, RuleReplay, Tally};
pub use service::{
    alarm_of, alarms_of, breached_at, cancel, cancel_case, change_terms, customer_message, extend,
    extended_of, fulfil, name_of, of_case, of_subject, of_subjects, open_of, pause, reopen, resume, start,
    stopped_of,
};
pub use shelf::Shelf;
pub use view::{CaseClocks, ClockView};

pub(crate) use deadlines::Check;
pub(crate) use http::{name_people, routes};
pub(crate) use recount::{Calendars, Recounter, Uses};
pub(crate) use replay::Sum;
pub(crate) use service::{give, start_new};
pub(crate) use trial::Trial;
