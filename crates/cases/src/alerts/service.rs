//! Telling users, and reading what one was told.

use heard_kernel::{Actor, Cursor, Page, PageRequest, Result, Timestamp};
use heard_platform::directory::UserId;
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{AlertRaised, AlertsRead},
    model::{Alert, AlertId, AlertKind, Params},
    store,
};
use crate::{
    cases::{self, Case, Role},
    rights,
};

/// Tells users something about a case, each once; those who are recused from it are left out. Tells how many were told.
pub(crate) async fn raise(
    tx: &Tx<'_>,
    case: &Case,
    kind: AlertKind,
    users: &[UserId],
    params: Params,
) -> Result<usize> {
    let people = cases::store::people(tx, &[case.id]).await?.remove(&case.id).unwrap_or_default();
    let mut users = users.to_vec();
    users.sort_unstable();
    users.dedup();
    users.retain(|user| !people.is(*user, Role::Recused));
    for user in &users {
        let alert = Alert {
            id: tx.new_id(),
            user_id: *user,
            kind,
            case_id: case.id,
            at: tx.now(),
            read_at: None,
            params: Params { number: case.number(), title: case.title.clone(), ..params.clone() },
        };
        // A clock says a thing once: after a stop of hours several steps of a chain may come to the same.
        if kind.of_clock() && store::said(tx, &alert).await? {
            continue;
        }
        store::insert(tx, &alert).await?;
        let unread = store::count(tx, *user, 1).await?;
        tx.emit(&AlertRaised { alert_id: alert.id, user_id: *user, kind, case_id: case.id, unread })?;
    }
    Ok(users.len())
}

/// Alerts of the acting user, the newest first.
///
/// # Errors
/// `forbidden`, `user_required`, `cursor_invalid`; the storage codes.
pub async fn list(
    tx: &StoreTx<'_>,
    actor: &Actor,
    unread_only: bool,
    page: &PageRequest,
) -> Result<Page<Alert>> {
    actor.require(rights::READ)?;
    let me = UserId(actor.user_id()?);
    let after: Option<(Timestamp, AlertId)> = page.after()?;
    let found = store::page(tx, me, unread_only, after, page.limit()).await?;
    Ok(Page::from_extra(found, page.limit(), |alert| Cursor::encode(&(alert.at, alert.id))))
}

/// How many alerts the acting user has not read.
///
/// # Errors
/// `forbidden`, `user_required`; the storage codes.
pub async fn unread(tx: &StoreTx<'_>, actor: &Actor) -> Result<i64> {
    actor.require(rights::READ)?;
    store::unread(tx, UserId(actor.user_id()?)).await
}

/// Notes that the acting user has read alerts, all of them without ids. Tells how many are unread after that.
///
/// # Errors
/// `forbidden`, `user_required`; the storage codes.
pub async fn read(tx: &Tx<'_>, ids: Option<&[AlertId]>) -> Result<i64> {
    tx.actor().require(rights::READ)?;
    let me = UserId(tx.actor().user_id()?);
    let count = store::read(tx, me, ids, tx.now()).await?;
    if count == 0 {
        return store::unread(tx, me).await;
    }
    let unread = store::count(tx, me, -count).await?;
    tx.emit(&AlertsRead { user_id: me, unread })?;
    Ok(unread)
}
