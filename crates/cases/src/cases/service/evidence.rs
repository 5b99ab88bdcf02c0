//! Evidence: files with their hash and where they came from.

use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::{Code, Error, Result, clean_text};
use heard_platform::files::{self, AttachmentId, Owner, Purpose, StoredAttachment};
use heard_runtime::Tx;

use super::super::{
    edit,
    events::{EvidenceAdded, EvidenceRemoved},
    model::{Case, CaseId, Evidence, EvidenceId, Giver},
    store,
};
use super::{SHORT, acting_user, stages::given_reason};
use crate::rights;

/// The file cannot be evidence: it is unknown, another's upload, or belongs to a conversation that the caller does not see
/// (`params.id`).
pub(crate) const EVIDENCE_NOT_USABLE: Code = Code::new("evidence_not_usable", 422);

/// A file that becomes evidence.
#[derive(Clone, PartialEq, Debug, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
pub struct NewEvidence {
    /// The file: uploaded for a case, or an attachment of a message.
    #[schema(value_type = String, format = Uuid)]
    pub attachment_id: AttachmentId,
    /// What it shows.
    #[serde(default)]
    pub note: String,
    /// Who gave it; for attachments of messages it follows from the message.
    pub given_by: Option<Giver>,
}

/// Where a file that becomes evidence comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum EvidenceSource {
    /// It was uploaded for a case, by the actor.
    Upload,
    /// It came with a message of a conversation.
    Message(ConversationId, MessageId, Giver),
}

/// Adds evidence. A file that is evidence of the case already stays the same piece.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `evidence_not_usable`, `validation_failed`; the storage codes.
pub async fn add_evidence(tx: &Tx<'_>, id: CaseId, new: NewEvidence) -> Result<EvidenceId> {
    tx.actor().require(rights::WORK)?;
    // Held, so that a file that is sent twice at once is one piece.
    let case = edit::Edit::open(tx, id).await?.after;
    super::check_active(&case)?;
    add(tx, &case, new).await
}

/// Adds evidence to a case that is being opened or worked on.
pub(crate) async fn add(tx: &Tx<'_>, case: &Case, new: NewEvidence) -> Result<EvidenceId> {
    if let Some(known) = store::evidence_of(tx, case.id, new.attachment_id).await? {
        return Ok(known);
    }
    let refused = || Error::field("attachment_id", EVIDENCE_NOT_USABLE).with("id", new.attachment_id);
    let stored = files::stored(tx, new.attachment_id).await?.ok_or_else(refused)?;
    let source = source_of(tx, &stored).await?.ok_or_else(refused)?;
    let (conversation_id, message_id, given_by) = match source {
        EvidenceSource::Upload => {
            files::keep(tx, new.attachment_id).await?;
            (None, None, new.given_by.unwrap_or(Giver::Customer))
        }
        EvidenceSource::Message(conversation, message, giver) => {
            (Some(conversation), Some(message), new.given_by.unwrap_or(giver))
        }
    };
    let actor = tx.actor();
    let file = stored.attachment;
    let evidence = Evidence {
        id: tx.new_id(),
        case_id: case.id,
        attachment_id: new.attachment_id,
        name: file.name,
        kind: file.kind,
        size: file.size,
        sha256: file.sha256,
        note: clean_text("note", &new.note, SHORT)?,
        given_by,
        conversation_id,
        message_id,
        added_at: tx.now(),
        added_by_kind: actor.kind.as_str().to_owned(),
        added_by: actor.id,
        removed_at: None,
        removed_by: None,
        removal_reason: None,
    };
    store::add_evidence(tx, &evidence).await?;
    tx.emit(&EvidenceAdded { standing: case.into(), evidence_id: evidence.id, sha256: evidence.sha256 })?;
    Ok(evidence.id)
}

/// Where a file comes from, when the actor may use it.
async fn source_of(tx: &Tx<'_>, stored: &StoredAttachment) -> Result<Option<EvidenceSource>> {
    match (stored.purpose, stored.conversation_id, stored.message_id) {
        (Purpose::Message, Some(conversation), Some(message)) => {
            let (conversation, message) = (ConversationId(conversation), MessageId(message));
            let found = heard_desk::messages::one(tx, tx.actor(), conversation, message).await;
            let Ok(message) = found else { return Ok(None) };
            let by_contact = message.author_kind == heard_desk::messages::AuthorKind::Contact;
            let giver = if by_contact { Giver::Customer } else { Giver::Team };
            let gone = message.recalled_at.is_some();
            Ok((!gone).then_some(EvidenceSource::Message(conversation, message.id, giver)))
        }
        (Purpose::Evidence, ..) if stored.owner == Owner::of(tx.actor()) => Ok(Some(EvidenceSource::Upload)),
        _ => Ok(None),
    }
}

/// Marks evidence as removed, with a reason. It stays in the record as such.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn remove_evidence(tx: &Tx<'_>, id: CaseId, piece: EvidenceId, reason: &str) -> Result<()> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    super::check_active(&case)?;
    let reason = given_reason(reason)?;
    store::one_evidence(tx, id, piece).await?.ok_or_else(|| Error::not_found("evidence"))?;
    if store::remove_evidence(tx, piece, tx.now(), acting_user(tx.actor()), &reason).await? {
        tx.emit(&EvidenceRemoved { standing: (&case).into(), evidence_id: piece })?;
    }
    Ok(())
}

/// Lays the evidence of a case into another one, with where each piece came from; what is there already and what was removed
/// is left out. Gives the pieces that the other one got.
pub(crate) async fn copy_evidence(tx: &Tx<'_>, from: CaseId, to: &Case) -> Result<Vec<EvidenceId>> {
    let mut copies = Vec::new();
    for piece in store::evidence(tx, from).await? {
        let known = store::evidence_of(tx, to.id, piece.attachment_id).await?;
        if piece.removed_at.is_some() || known.is_some() {
            continue;
        }
        let copy = Evidence { id: tx.new_id(), case_id: to.id, ..piece };
        store::add_evidence(tx, &copy).await?;
        tx.emit(&EvidenceAdded { standing: to.into(), evidence_id: copy.id, sha256: copy.sha256 })?;
        copies.push(copy.id);
    }
    Ok(copies)
}

/// Takes pieces that a case got by [`copy_evidence`] out of it again, as if they had never been there: the case that they
/// came from still has them.
pub(crate) async fn take_back_evidence(tx: &Tx<'_>, from: CaseId, copies: &[EvidenceId]) -> Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    let case = store::load(tx, from).await?.ok_or_else(edit::not_found)?;
    for copy in copies {
        if store::delete_evidence(tx, from, *copy).await? {
            tx.emit(&EvidenceRemoved { standing: (&case).into(), evidence_id: *copy })?;
        }
    }
    Ok(())
}
