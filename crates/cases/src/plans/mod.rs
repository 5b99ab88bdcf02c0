//! Plans (预案): the versioned rules that cases follow.
//!
//! A *plan* is a line of versions. A *version* is a document ([`Plan`]) that goes from draft over review to approved
//! and active, and is retired when another takes its place. A case keeps the version that it began under: other slices
//! remember its id and ask for [`pinned`]; for a new case they ask for [`current`]. A *pack* is a plan to begin with, and
//! a *law pack* a few clocks that a law demands. An *evaluation* records how a plan was looked at and brought up to date.
//!
//! Events: `plan.created`, `plan.updated`, `plan.version_drafted`, `plan.version_saved`, `plan.version_deleted`,
//! `plan.version_submitted`, `plan.version_sent_back`, `plan.version_approved`, `plan.version_activated`,
//! `plan.evaluated`. Rights: `plan.read`, `plan.edit`, `plan.approve`.

pub mod evaluations;
mod events;
mod http;
mod model;
mod packs;
mod pinned;
mod records;
mod rules;
mod service;
mod store;

pub use events::{
    PlanCreated, PlanEvaluated, PlanUpdated, VersionActivated, VersionApproved, VersionDeleted,
    VersionDrafted, VersionSaved, VersionSentBack, VersionSubmitted,
};
pub use http::routes;
pub use model::*;
pub use packs::{LawPack, Pack, law, laws, pack, packs};
pub(crate) use pinned::terms;
pub use pinned::{current, pinned};
pub use records::{
    Pinned, PlanId, PlanLine, PlanVersion, PlanVersionId, StepDone, VersionState, VersionStep,
};
#[cfg(any(test, fuzzing))]
pub use rules::asked;
pub use rules::{CaseFacts, Change, Entry, FieldChange, Row, SectionChanges};
pub(crate) use service::find_version;
pub use service::{
    NewPlan, Origin, activate, add_law, approve, begin, compare, create, delete, get, install, list,
    problems, save, send_back, submit, update, version,
};
