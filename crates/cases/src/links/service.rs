//! Linking cases, parts, and complaints that are repeated.

use heard_kernel::{Actor, Code, Error, Result, clean_text};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{CaseLinked, CaseUnlinked},
    model::{CaseLink, CaseLinkId, CaseMerge, LinkKind},
    store,
};
use crate::{
    cases::{self, Case, CaseId, SHORT, acting_user, check_active, edit},
    ground::{at_work, readable},
    plans, rights,
};

/// A case cannot be linked to itself, be a part of itself, or be merged into itself.
pub(crate) const CASE_ITSELF: Code = Code::new("case_itself", 422);

const DAY: i64 = 24 * 3_600_000;
/// Cases above each other at most.
const DEPTH: usize = 20;

/// Links two cases that the actor sees, from the side of one that is under way. Repeating it is harmless.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub(super) async fn link(tx: &Tx<'_>, id: CaseId, other: CaseId, kind: LinkKind, note: &str) -> Result<()> {
    tx.actor().require(rights::WORK)?;
    if id == other {
        return Err(Error::field("other_id", CASE_ITSELF));
    }
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_active(&case)?;
    edit::visible(tx, tx.actor(), other).await?;
    let known = store::of_case(tx, id).await?;
    let same = |link: &CaseLink| link.kind == kind && (link.case_id == other || link.other_id == other);
    if known.iter().any(same) {
        return Ok(());
    }
    put(tx, &case, other, kind, &clean_text("note", note, SHORT)?).await
}

/// Links two cases that are not linked in this way yet.
pub(super) async fn put(tx: &Tx<'_>, case: &Case, other: CaseId, kind: LinkKind, note: &str) -> Result<()> {
    let link = CaseLink {
        id: tx.new_id(),
        case_id: case.id,
        other_id: other,
        kind,
        note: note.to_owned(),
        at: tx.now(),
        linked_by: acting_user(tx.actor()),
    };
    store::insert(tx, &link).await?;
    tx.emit(&CaseLinked { standing: case.into(), other_id: other, kind })
}

/// Removes a link.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`; the storage codes.
pub(super) async fn unlink(tx: &Tx<'_>, id: CaseId, link: CaseLinkId) -> Result<()> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_active(&case)?;
    let found = store::of_case(tx, id).await?.into_iter().find(|known| known.id == link);
    let link = found.ok_or_else(|| Error::not_found("link"))?;
    store::delete(tx, link.id).await?;
    let other_id = if link.case_id == id { link.other_id } else { link.case_id };
    tx.emit(&CaseUnlinked { standing: (&case).into(), other_id, kind: link.kind })
}

/// Makes a case a part of another one, or of none.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub(super) async fn set_parent(tx: &Tx<'_>, id: CaseId, parent: Option<CaseId>) -> Result<()> {
    let mut edit = at_work(tx, id).await?;
    let mut above = parent;
    for _ in 0..DEPTH {
        let Some(next) = above else { break };
        if next == id {
            return Err(Error::field("parent_id", CASE_ITSELF));
        }
        // Held too: two cases that become parts of each other at once would be a circle.
        above = edit::Edit::open(tx, next).await?.after.parent_id;
    }
    edit.after.parent_id = parent;
    edit.save(tx).await.map(drop)
}

/// What belongs to a case, as far as the actor sees it.
pub(super) struct Related {
    pub(super) links: Vec<(CaseLink, Case)>,
    pub(super) merges: Vec<(CaseMerge, Case)>,
    pub(super) repeats: Vec<Case>,
}

/// Reads what belongs to a case.
pub(super) async fn related(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Related> {
    let (case, _) = readable(tx, actor, id).await?;
    let seen = async |other: CaseId| edit::visible(tx, actor, other).await.ok().map(|(case, _)| case);
    let (mut links, mut merges, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
    for link in store::of_case(tx, id).await? {
        if let Some(other) = seen(if link.case_id == id { link.other_id } else { link.case_id }).await {
            links.push((link, other));
        }
    }
    for merge in store::merges(tx, id).await? {
        if let Some(other) = seen(if merge.case_id == id { merge.into_id } else { merge.case_id }).await {
            merges.push((merge, other));
        }
    }
    for other in repeated(tx, &case).await? {
        repeats.extend(seen(other).await);
    }
    Ok(Related { links, merges, repeats })
}

/// Earlier and later cases of the same contact in the same category within the plan's days.
async fn repeated(tx: &StoreTx<'_>, case: &Case) -> Result<Vec<CaseId>> {
    let (Some(contact), Some(category)) = (case.contact_id, case.category_key.as_deref()) else {
        return Ok(Vec::new());
    };
    let days = plans::pinned(tx, case.plan_version_id).await?.plan.closing.repeat_days;
    let span = i64::from(days) * DAY;
    let (from, to) = (case.received_at.plus_millis(-span), case.received_at.plus_millis(span));
    let mut found = cases::store::of_contact_in_category(tx, contact, category, from, to).await?;
    found.retain(|other| *other != case.id);
    Ok(found)
}
