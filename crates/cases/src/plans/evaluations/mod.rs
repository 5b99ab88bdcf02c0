//! Evaluations and updates of plans: what was looked at, what was found, what changes, who
//! supervises it, and the corrective actions that follow, each with an owner and a day.

mod http;
mod model;
mod service;
mod store;

pub use http::routes;
pub use model::{Action, Evaluation, EvaluationId, EvaluationKind, Findings, Target, TargetSection};
pub use service::{Draft, create, delete, get, list, update};
