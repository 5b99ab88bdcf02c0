//! What stands around a case: its stages, waits, people, evidence.

use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::{Result, Timestamp};
use heard_platform::{
    directory::{TeamId, UserId},
    files::AttachmentId,
};
use heard_store::{Columns, FromRow, Row, id_type};
use uuid::Uuid;

use super::{
    CaseId,
    stored::stored,
    words::{Giver, Role, StageEnding, WaitEnding},
};
use crate::plans::StageKind;
use heard_kernel::clock_policy::PauseReason;

id_type!(
    /// Names a piece of evidence.
    EvidenceId
);

stored! {
    /// A run of a stage: the milestones from which clocks start and stop.
    StageRun {
        /// The case.
        case_id: CaseId,
        /// Its number within the case, from 1.
        no: i64,
        /// Key of the stage.
        stage_key: String,
        /// What it is about.
        stage_kind: StageKind,
        /// When it began.
        begun_at: Timestamp,
        /// When it ended.
        done_at: Option<Timestamp>,
        /// Who ended it; nobody when it was by rule.
        done_by: Option<Uuid>,
        /// How it ended.
        ending: Option<StageEnding>,
        /// Why it was left out or begun again.
        reason: Option<String>,
    }
    json {}
}

/// A time in which a case waited.
#[derive(Clone, PartialEq, Debug)]
pub struct Wait {
    /// The case.
    pub case_id: CaseId,
    /// Its number within the case, from 1.
    pub no: i64,
    /// For whom.
    pub reason: PauseReason,
    /// What for, in words.
    pub note: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// Who said so.
    pub begun_by: Option<Uuid>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<Uuid>,
    /// Why it ended.
    pub ending: Option<WaitEnding>,
}

/// The word of a reason in storage.
pub(crate) const fn reason_word(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::Customer => "customer",
        PauseReason::ThirdParty => "third_party",
        PauseReason::Other => "other",
    }
}

fn reason_of(word: &str) -> PauseReason {
    match word {
        "customer" => PauseReason::Customer,
        "third_party" => PauseReason::ThirdParty,
        _ => PauseReason::Other,
    }
}

impl FromRow for Wait {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            case_id: columns.next()?,
            no: columns.next()?,
            reason: reason_of(&columns.next::<String>()?),
            note: columns.next()?,
            begun_at: columns.next()?,
            begun_by: columns.next()?,
            ended_at: columns.next()?,
            ended_by: columns.next()?,
            ending: columns.next()?,
        })
    }
}

stored! {
    /// Somebody who has to do with a case beside owning it.
    Person {
        /// The case.
        case_id: CaseId,
        /// Who.
        user_id: UserId,
        /// As what.
        role: Role,
        /// Since when.
        since: Timestamp,
        /// Why, of a recusal.
        reason: String,
    }
    json {}
}

stored! {
    /// A piece of evidence with where it came from. It is never deleted; a removed one stays visible as removed.
    Evidence {
        /// Its id.
        id: EvidenceId,
        /// The case.
        case_id: CaseId,
        /// The file.
        attachment_id: AttachmentId,
        /// The name that the file came with.
        name: String,
        /// Media type, found from the content.
        kind: String,
        /// Bytes.
        size: u64,
        /// SHA-256 of the content, in hexadecimal.
        sha256: String,
        /// What it shows.
        note: String,
        /// Who gave it.
        given_by: Giver,
        /// The conversation that it came in.
        conversation_id: Option<ConversationId>,
        /// The message that it came with.
        message_id: Option<MessageId>,
        /// When it was added.
        added_at: Timestamp,
        /// What kind of actor added it.
        added_by_kind: String,
        /// Who added it.
        added_by: Option<Uuid>,
        /// When it was removed.
        removed_at: Option<Timestamp>,
        /// Who removed it.
        removed_by: Option<UserId>,
        /// Why it was removed.
        removal_reason: Option<String>,
    }
    json {}
}

/// Who has to do with a case.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    /// Users, with their roles.
    pub users: Vec<Person>,
    /// Teams that work on it beside the one that has it.
    pub teams: Vec<TeamId>,
}

impl People {
    /// The users of a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = UserId> {
        self.users.iter().filter(move |person| person.role == role).map(|person| person.user_id)
    }

    /// Whether a user has a role.
    pub fn is(&self, user: UserId, role: Role) -> bool {
        self.of(role).any(|known| known == user)
    }
}
