//! Merging and splitting, and undoing both.

use heard_kernel::{Code, Error, Result, clean_text};
use heard_runtime::Tx;

use super::{
    events::{Merged, Split, Unmerged},
    model::{CaseMerge, LinkKind, MergeId, NewSplit},
    service::{CASE_ITSELF, put},
    store,
};
use crate::{
    cases::{
        self, Case, CaseFields, CaseId, Classification, NewCase, SHORT, acting_user, check_active, edit::Edit,
    },
    clocks,
    ground::at_work,
    rights,
};

/// Other cases were merged into it; undo that first.
pub(crate) const CASE_HOLDS_OTHERS: Code = Code::new("case_holds_others", 409);
/// It was undone already.
pub(crate) const MERGE_UNDONE: Code = Code::new("merge_undone", 409);
/// The conversation is not linked to the case (`params.id`).
pub(crate) const SPLIT_CONVERSATION: Code = Code::new("split_conversation", 422);

/// Lays a case into another one, which gets its conversations and its evidence.
///
/// # Errors
/// `forbidden` when the cases are of different contacts and the actor may not manage cases; `not_found`, `case_merged`,
/// `case_archived`, `case_holds_others`, `validation_failed`; the storage codes.
pub(super) async fn merge(tx: &Tx<'_>, id: CaseId, into: CaseId, reason: &str) -> Result<MergeId> {
    tx.actor().require(rights::WORK)?;
    if id == into {
        return Err(Error::field("into", CASE_ITSELF));
    }
    // Always in the same order, so that two merges do not wait for each other.
    let (mut source, target) = if id < into {
        let source = Edit::open(tx, id).await?;
        (source, Edit::open(tx, into).await?)
    } else {
        let target = Edit::open(tx, into).await?;
        (Edit::open(tx, id).await?, target)
    };
    check_active(&source.after)?;
    check_active(&target.after)?;
    if source.after.contact_id.is_none() || source.after.contact_id != target.after.contact_id {
        tx.actor().require(rights::MANAGE)?;
    }
    let holds = |merge: &CaseMerge| merge.into_id == id && merge.undone_at.is_none();
    if store::merges(tx, id).await?.iter().any(holds) {
        return Err(Error::new(CASE_HOLDS_OTHERS));
    }
    let reason = clean_text("reason", reason, SHORT)?;
    let by = acting_user(tx.actor());
    let mut moved = Vec::new();
    for (conversation, _) in cases::store::conversations(tx, id).await? {
        if cases::store::link(tx, into, conversation, tx.now(), by.map(|user| user.0)).await? {
            moved.push(conversation);
        }
    }
    let evidence = cases::copy_evidence(tx, id, &target.after).await?;
    let merge = CaseMerge {
        id: tx.new_id(),
        case_id: id,
        into_id: into,
        reason,
        at: tx.now(),
        merged_by: by,
        undone_at: None,
        undone_by: None,
        conversations: moved,
        evidence,
    };
    store::insert_merge(tx, &merge).await?;
    clocks::cancel_case(tx, id, &merge.reason).await?;
    source.after.merged_into = Some(into);
    cases::refresh_alarm(tx, &mut source).await?;
    tx.emit(&Merged { standing: (&source.after).into(), merge_id: merge.id, into_id: into })?;
    source.save(tx).await?;
    Ok(merge.id)
}

/// Undoes the merge of a case: it is in the lists again, its clocks run on from when they began, the other one loses the
/// conversations and the evidence that it got by the merge.
///
/// # Errors
/// `forbidden` unless the actor merged it or may manage cases; `not_found`, `merge_undone`, `case_archived` when the other
/// one is; the storage codes.
pub(super) async fn unmerge(tx: &Tx<'_>, id: CaseId) -> Result<()> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    let open = |merge: &CaseMerge| merge.case_id == id && merge.undone_at.is_none();
    let merge = store::merges(tx, id).await?.into_iter().find(open);
    let merge = merge.ok_or_else(|| Error::new(MERGE_UNDONE))?;
    if merge.merged_by.is_none() || merge.merged_by != acting_user(tx.actor()) {
        tx.actor().require(rights::MANAGE)?;
    }
    // It takes evidence out of the other one, whose record must not be locked.
    if let Some(target) = cases::store::load_to_change(tx, merge.into_id).await? {
        cases::check_unlocked(&target)?;
    }
    for conversation in &merge.conversations {
        cases::store::unlink(tx, merge.into_id, *conversation).await?;
        cases::store::link(tx, id, *conversation, tx.now(), None).await?;
    }
    cases::take_back_evidence(tx, merge.into_id, &merge.evidence).await?;
    store::undo(tx, merge.id, tx.now(), acting_user(tx.actor())).await?;
    edit.after.merged_into = None;
    cases::sync_clocks(tx, &mut edit, "").await?;
    tx.emit(&Unmerged { standing: (&edit.after).into(), merge_id: merge.id, into_id: merge.into_id })?;
    edit.save(tx).await.map(drop)
}

/// Makes a case of a part of another one: of the same customer and kind, received at the same time. The conversations that
/// are named go along.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; those of opening a case; the storage codes.
pub(super) async fn split(tx: &Tx<'_>, id: CaseId, wish: NewSplit) -> Result<Case> {
    let edit = at_work(tx, id).await?;
    let origin = edit.after.clone();
    let linked = cases::store::conversations(tx, id).await?;
    for conversation in &wish.conversation_ids {
        if linked.iter().all(|(known, _)| known != conversation) {
            return Err(Error::field("conversation_ids", SPLIT_CONVERSATION).with("id", conversation));
        }
    }
    let reason = clean_text("reason", &wish.reason, SHORT)?;
    let new = NewCase {
        classification: Classification {
            type_key: Some(origin.type_key.clone()),
            category_key: Some(origin.category_key.clone()),
            severity_key: Some(origin.severity_key.clone()),
            urgency_key: Some(origin.urgency_key.clone()),
            difficulty_key: Some(origin.difficulty_key.clone()),
            solvable_at_once: None,
        },
        fields: CaseFields {
            title: Some(wish.title),
            facts: Some(wish.facts),
            contact_id: Some(origin.contact_id),
            complainant: Some(origin.complainant.clone()),
            source: Some(origin.source),
            ..CaseFields::default()
        },
        received_at: Some(origin.received_at),
        conversation_ids: wish.conversation_ids.clone(),
        team_id: origin.team_id,
        ..NewCase::default()
    };
    let part = cases::open(tx, new).await?;
    for conversation in &wish.conversation_ids {
        cases::store::unlink(tx, id, *conversation).await?;
    }
    put(tx, &part, id, LinkKind::Split, &reason).await?;
    tx.emit(&Split { standing: (&origin).into(), new_id: part.id })?;
    Ok(part)
}
