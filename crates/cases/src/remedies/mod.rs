//! Remedies (补救措施): what a customer is granted.
//!
//! The plan says what can be granted and up to which amount each built-in role may. Within their authority people grant at
//! once; beyond it they ask, and somebody with the right to approve and enough authority approves or refuses with a
//! reason, never who asked. What was granted counts for the stages that ask for it.
//!
//! Events: `case.remedy_*`. Rights: `case.read`, `case.work`, `case.approve`.

mod events;
mod http;
mod lists;
mod model;
mod service;
mod store;

pub use events::{RemedyAsked, RemedyGranted, RemedyRefused, RemedyWithdrawn};
pub(crate) use http::{ListedRemedy, page_of, show};
pub use http::{RemedyView, routes};
pub use lists::{Obstacle, RemedyCounts, RemedyQuery, counts};
pub use model::{GrantedRemedy, NewRemedy, RemedyId, RemedyState};
pub(crate) use service::user_may_grant;
pub use service::{approve, grant, list, refuse, withdraw};
