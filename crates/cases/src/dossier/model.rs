//! What a dossier says.

use heard_kernel::{Locale, Timestamp, clock_policy::Verdict};
use heard_platform::directory::UserRef;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    cases::{CaseDetail, CaseView, TimelineEntry},
    clocks::ClockExplanation,
    escalations::Escalation,
    handovers::HandoverView,
    links::{CaseGroup, RelatedView},
    notices::NoticeView,
    progress::Input,
    promises::PromiseView,
    remedies::RemedyView,
    tasks::TaskView,
};

/// The form of `case.json`.
pub(super) const SCHEMA: &str = "heard.dossier/1";
/// The form of `manifest.json`.
pub(super) const MANIFEST: &str = "heard.manifest/1";

/// Everything that is recorded about a case, as in `case.json` of its dossier.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = CaseDossier)]
pub struct Dossier {
    /// The form of this document: `heard.dossier/1`. Fields are only ever added within a form.
    pub schema: String,
    /// The product and its version.
    pub product: String,
    /// When it was taken out.
    pub made_at: Timestamp,
    /// By whom.
    #[schema(required = true)]
    pub made_by: Option<UserRef>,
    /// The organisation.
    pub organization: String,
    /// The time zone of the readable page; instants here are in UTC.
    pub time_zone: String,
    /// The language of names and of what is said in words.
    pub locale: Locale,
    /// Whether the team's notes are in the transcripts.
    pub notes: bool,
    /// The case with its record, stages, waits, people, evidence.
    pub case: CaseDetail,
    /// The name of the plan that it follows.
    pub plan_name: String,
    /// The number of the version of that plan.
    pub plan_no: i64,
    /// Fields of the plan with their names.
    pub fields: Vec<DossierField>,
    /// What its clocks come to together.
    #[schema(required = true)]
    pub verdict: Option<Verdict>,
    /// Its clocks, each with the reasons for its deadline.
    pub clocks: Vec<ClockExplanation>,
    /// What the customer was told.
    pub notices: Vec<NoticeView>,
    /// Hand-overs to departments.
    pub handovers: Vec<HandoverView>,
    /// Tasks, also those put aside.
    pub tasks: Vec<TaskView>,
    /// Remedies, with their names in the plan.
    pub remedies: Vec<DossierRemedy>,
    /// Promises.
    pub(crate) promises: Vec<PromiseView>,
    /// What was escalated.
    pub escalations: Vec<Escalation>,
    /// What the customer said on the progress page.
    pub said: Vec<Input>,
    /// Links, merges, repeated complaints.
    pub related: RelatedView,
    /// The case that it is a part of.
    #[schema(required = true)]
    pub parent: Option<CaseView>,
    /// The group complaint that it belongs to.
    #[schema(required = true)]
    pub group: Option<CaseGroup>,
}

/// A field of the plan.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct DossierField {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// What it holds, in words.
    pub value: String,
}

/// A remedy with its name.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct DossierRemedy {
    /// As it stands.
    #[serde(flatten)]
    pub remedy: RemedyView,
    /// Its name in the plan.
    pub name: String,
}

/// A line of `timeline.jsonl`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Line {
    /// What happened.
    #[serde(flatten)]
    pub(super) entry: TimelineEntry,
    /// The same in words; empty for bookkeeping.
    pub(super) text: String,
}

/// What a file of the archive is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// The page to read.
    Page,
    /// `case.json`.
    Record,
    /// `timeline.jsonl`.
    Timeline,
    /// A conversation.
    Transcript,
    /// A file of a message.
    Attachment,
    /// A piece of evidence.
    Evidence,
    /// How to read and check it.
    Readme,
}

/// Where a file of the archive comes from.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub(super) enum Origin {
    /// Written from the record when the dossier was taken out.
    Record,
    /// Written from the messages of a conversation when the dossier was taken out.
    Conversation { id: Uuid, no: i64, notes: bool },
    /// The file of a message, byte for byte. `intact` when its content has the sum that was recorded when it came.
    Message {
        conversation_no: i64,
        message_no: i64,
        author: String,
        at: Timestamp,
        name: String,
        recorded_sha256: String,
        intact: bool,
    },
    /// The file of a piece of evidence, byte for byte. `intact` as above.
    Evidence {
        id: Uuid,
        name: String,
        note: String,
        given_by: &'static str,
        added_at: Timestamp,
        added_by: Option<String>,
        message_id: Option<Uuid>,
        recorded_sha256: String,
        intact: bool,
    },
}

/// A file of the archive.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct FileEntry {
    pub(super) path: String,
    pub(super) role: Role,
    pub(super) kind: String,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) origin: Origin,
}

/// Why something is not in the archive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LeftReason {
    /// It was removed from the case, for a reason.
    Removed,
    /// The message that it came with was taken back.
    Recalled,
    /// Its content is gone.
    Missing,
    /// Whoever takes the dossier out may not see or export it.
    NotAllowed,
}

impl LeftReason {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Removed => "left.removed",
            Self::Recalled => "left.recalled",
            Self::Missing => "left.missing",
            Self::NotAllowed => "left.not_allowed",
        }
    }
}

/// Something that is not in the archive.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct LeftOut {
    /// What it is.
    pub(super) role: Role,
    /// Which one.
    pub(super) id: Uuid,
    /// Its name, where it may be told.
    pub(super) name: String,
    /// Why.
    pub(super) reason: LeftReason,
    /// The sum on record.
    pub(super) sha256: Option<String>,
}

/// `manifest.json`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Manifest<'a> {
    pub(super) schema: &'a str,
    pub(super) case: &'a str,
    pub(super) product: &'a str,
    pub(super) organization: &'a str,
    pub(super) made_at: Timestamp,
    pub(super) made_by: Option<&'a UserRef>,
    pub(super) notes: bool,
    pub(super) files: &'a [FileEntry],
    pub(super) left_out: &'a [LeftOut],
}

/// A transcript that is in the archive.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) no: i64,
    pub(super) subject: Option<String>,
    pub(super) html: String,
    pub(super) text: String,
    pub(super) files: usize,
}

/// What the page must know of the files that were packed before it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Packed {
    /// Paths of evidence, by id, and whether the content is as recorded.
    pub(super) evidence: std::collections::HashMap<Uuid, (String, bool)>,
    /// Transcripts.
    pub(super) conversations: Vec<Held>,
    /// What was left out.
    pub(super) left: Vec<LeftOut>,
    /// Whether there is nothing but the page: files are named in it and not linked.
    pub(super) alone: bool,
}
