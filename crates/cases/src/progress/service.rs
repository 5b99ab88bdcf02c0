//! Making, revoking and finding links.

use heard_kernel::{Actor, Code, Error, Result, Timestamp};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{ProgressLinkMade, ProgressLinkRevoked},
    model::{FreshLink, Input, LinkId, ProgressLink},
    store,
};
use crate::{
    cases::{self, Case, CaseId, acting_user, check_not_merged, edit},
    ground::{readable, sha256},
    plans, rights,
};

/// The link is not valid: it is unknown, was revoked, or has ended. Ask for a new one.
pub(crate) const PROGRESS_LINK_INVALID: Code = Code::new("progress_link_invalid", 404);
/// The case is closed and its time for opening it again is over (`params.number`), so its links have ended.
pub(crate) const PROGRESS_CLOSED: Code = Code::new("progress_closed", 410);

const DAY: i64 = 24 * 3_600_000;

/// Makes a link for the customer.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`; the storage codes.
pub async fn create(tx: &Tx<'_>, id: CaseId) -> Result<FreshLink> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_not_merged(&case)?;
    make_link(tx, &case).await
}

/// Makes a link for the customer of a case that the caller works on.
pub(crate) async fn make_link(tx: &Tx<'_>, case: &Case) -> Result<FreshLink> {
    let token = hex::encode(&tx.secret()[..24]);
    let link = ProgressLink {
        id: tx.new_id(),
        case_id: case.id,
        token_hash: sha256(token.as_bytes()),
        created_at: tx.now(),
        created_by: acting_user(tx.actor()),
        opened_at: None,
        revoked_at: None,
        revoked_by: None,
    };
    store::insert(tx, &link).await?;
    tx.emit(&ProgressLinkMade { standing: case.into(), link_id: link.id })?;
    Ok(FreshLink { link, token })
}

/// Revokes a link. Repeating it is harmless.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn revoke(tx: &Tx<'_>, id: CaseId, link: LinkId) -> Result<()> {
    tx.actor().require(rights::WORK)?;
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    if store::revoke(tx, id, link, tx.now(), acting_user(tx.actor())).await? {
        tx.emit(&ProgressLinkRevoked { standing: (&case).into(), link_id: link })?;
    }
    Ok(())
}

/// The links of a case that the actor sees.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<ProgressLink>> {
    readable(tx, actor, id).await?;
    store::of_case(tx, id).await
}

/// What the customer said on the page of a case that the actor sees.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn inputs(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<Input>> {
    readable(tx, actor, id).await?;
    inputs_of_case(tx, id).await
}

/// What the customer of a case said on the page, for slices that know who asks.
pub(crate) async fn inputs_of_case(tx: &StoreTx<'_>, id: CaseId) -> Result<Vec<Input>> {
    store::inputs(tx, id).await
}

/// The link of a secret with the case that it shows: the one that it was merged into when it was.
///
/// # Errors
/// `progress_link_invalid`, `progress_closed`; the storage codes.
pub(crate) async fn find(tx: &StoreTx<'_>, token: &str, now: Timestamp) -> Result<(ProgressLink, Case)> {
    let invalid = || Error::new(PROGRESS_LINK_INVALID);
    let link = store::by_hash(tx, &sha256(token.as_bytes())).await?;
    let link = link.filter(|link| link.revoked_at.is_none()).ok_or_else(invalid)?;
    let mut case = cases::store::load(tx, link.case_id).await?.ok_or_else(invalid)?;
    if let Some(into) = case.merged_into {
        let target = cases::store::load(tx, into).await?.ok_or_else(invalid)?;
        // A page shows one customer's matter; a case merged into that of somebody else stays as it was.
        if target.contact_id == case.contact_id {
            case = target;
        }
    }
    let days = plans::pinned(tx, case.plan_version_id).await?.plan.closing.reopen_days;
    let over = case.archived_at.is_some_and(|at| now.millis_since(at) > i64::from(days) * DAY);
    if over { Err(Error::new(PROGRESS_CLOSED).with("number", case.number())) } else { Ok((link, case)) }
}
