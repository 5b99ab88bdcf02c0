//! Links, merges and groups as they are stored and written.

use heard_desk::conversations::ConversationId;
use heard_kernel::Timestamp;
use heard_platform::directory::UserId;
use heard_store::{id_type, words};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::cases::{CaseId, EvidenceId, stored};

id_type!(
    /// Names a link between cases.
    CaseLinkId
);
id_type!(
    /// Names a merge.
    MergeId
);
id_type!(
    /// Names a group complaint.
    GroupId
);

words! {
    /// How cases belong together.
    #[schema(as = CaseLinkKind)]
    LinkKind {
        /// They have to do with each other.
        Related => "related",
        /// They are about the same.
        Duplicate => "duplicate",
        /// The first was split off the other.
        Split => "split",
    }
}

stored! {
    /// A link between cases.
    #[derive(Serialize, ToSchema)]
    CaseLink {
        /// Its id.
        id: CaseLinkId,
        /// The one.
        case_id: CaseId,
        /// The other.
        other_id: CaseId,
        /// How they belong together.
        kind: LinkKind,
        /// Why.
        note: String,
        /// When they were linked.
        at: Timestamp,
        /// Who linked them.
        #[schema(required = true)]
        linked_by: Option<UserId>,
    }
    json {}
}

stored! {
    /// A merge.
    #[derive(Serialize, ToSchema)]
    CaseMerge {
        /// Its id.
        id: MergeId,
        /// The case that was laid into another one.
        case_id: CaseId,
        /// The other one.
        into_id: CaseId,
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
        /// Who did it.
        #[schema(required = true)]
        merged_by: Option<UserId>,
        /// When it was undone.
        #[schema(required = true)]
        undone_at: Option<Timestamp>,
        /// Who undid it.
        #[schema(required = true)]
        undone_by: Option<UserId>,
    }
    json {
        /// Conversations that the other one got by it.
        conversations: Vec<ConversationId>,
        /// Pieces of evidence that the other one got by it.
        evidence: Vec<EvidenceId>,
    }
}

/// Somebody who speaks for a group of customers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = GroupRepresentative)]
pub struct Representative {
    /// Their own case.
    #[schema(required = true)]
    pub case_id: Option<CaseId>,
    /// Name.
    pub name: String,
    /// How to reach them.
    pub contact: String,
}

stored! {
    /// A group complaint.
    #[derive(Serialize, ToSchema)]
    #[schema(as = CaseGroupRow)]
    CaseGroup {
        /// Its id.
        id: GroupId,
        /// What it is about.
        title: String,
        /// Anything to add.
        note: String,
        /// When it was made.
        created_at: Timestamp,
        /// Who made it.
        #[schema(required = true)]
        created_by: Option<UserId>,
        /// Rises with each change.
        version: i64,
    }
    json {
        /// Who speaks for all.
        representatives: Vec<Representative>,
    }
}

/// A group complaint to be made.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseGroup)]
pub struct NewGroup {
    /// What it is about.
    pub title: String,
    /// Anything to add.
    #[serde(default)]
    pub note: String,
    /// Its cases.
    pub case_ids: Vec<CaseId>,
    /// Who speaks for all.
    #[serde(default)]
    pub representatives: Vec<Representative>,
}

/// What of a group complaint is to change.
#[derive(Clone, PartialEq, Debug, Default, Deserialize, ToSchema)]
#[schema(as = CaseGroupPatch)]
pub struct GroupPatch {
    /// What it is about.
    pub title: Option<String>,
    /// Anything to add.
    pub note: Option<String>,
    /// Who speaks for all.
    pub representatives: Option<Vec<Representative>>,
    /// Cases that join it.
    #[serde(default)]
    pub add: Vec<CaseId>,
    /// Cases that leave it.
    #[serde(default)]
    pub remove: Vec<CaseId>,
}

/// A part of a case that becomes a case of its own.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseSplit)]
pub struct NewSplit {
    /// What the new case is about.
    pub title: String,
    /// What happened, as far as it concerns the new case.
    #[serde(default)]
    pub facts: String,
    /// Conversations that go along.
    #[serde(default)]
    pub conversation_ids: Vec<ConversationId>,
    /// Why it is split.
    #[serde(default)]
    pub reason: String,
}
