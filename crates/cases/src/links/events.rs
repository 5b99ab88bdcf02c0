//! What is told about cases that belong together.

use super::model::{GroupId, LinkKind, MergeId};
use crate::{cases::CaseId, ground::events_of_cases};

events_of_cases! {
    /// Cases were linked.
    CaseLinked = "case.linked" {
        /// The other case.
        other_id: CaseId,
        /// How they belong together.
        kind: LinkKind,
    }
    /// Cases are not linked any more.
    CaseUnlinked = "case.unlinked" {
        /// The other case.
        other_id: CaseId,
        /// How they belonged together.
        kind: LinkKind,
    }
    /// The case was laid into another one.
    Merged = "case.merged" {
        /// Which merge.
        merge_id: MergeId,
        /// The other case.
        into_id: CaseId,
    }
    /// A merge was undone.
    Unmerged = "case.unmerged" {
        /// Which merge.
        merge_id: MergeId,
        /// The other case.
        into_id: CaseId,
    }
    /// A part of the case became a case of its own.
    Split = "case.split" {
        /// The new case.
        new_id: CaseId,
    }
    /// The case joined a group complaint or left it.
    Grouped = "case.grouped" {
        /// The group; none when it left.
        group_id: Option<GroupId>,
    }
}
