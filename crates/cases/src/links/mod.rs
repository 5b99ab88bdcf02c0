//! Links (关联): cases that belong together.
//!
//! Cases are *related* or *duplicates* of each other; one can be a part of another. A *merge* lays a case into another one: it
//! leaves the lists, its clocks are called off, its conversations and evidence come to the other, its own history stays. A *split* makes
//! a case of a part of another one and takes conversations along. Both can be undone; undoing a split merges the new case
//! back. A *group complaint* (群体投诉) holds cases of several customers, some of whom speak for all. A *repeated* complaint
//! is one of the same contact in the same category within the days that the plan names; it is found when asked for.
//!
//! Events: `case.linked`, `case.unlinked`, `case.merged`, `case.unmerged`, `case.split`, `case.grouped`. Rights: `case.read`,
//! `case.work`; merging cases of different contacts, and groups, need `case.manage`.

mod events;
mod groups;
mod http;
mod merge;
mod model;
mod service;
mod store;

pub use events::{CaseLinked, CaseUnlinked, Grouped, Merged, Split, Unmerged};
pub(crate) use groups::get as group;
pub(crate) use http::related_of;
pub use http::{LinkedCase, MergedCase, RelatedView, routes};
pub use model::{
    CaseGroup, CaseLink, CaseLinkId, CaseMerge, GroupId, GroupPatch, LinkKind, MergeId, NewGroup, NewSplit,
    Representative,
};
