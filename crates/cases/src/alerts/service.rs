//! Telling users, and reading what one was told.

use heard_kernel::{Actor, Cursor, Page, PageRequest, Result, Timestamp};
use heard_platform::directory::UserId;
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::{AlertRaised, AlertsRead},
    model::{About, Alert, AlertId, AlertKind, Params},
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
    let params = Params { number: case.number(), title: case.title.clone(), ..params };
    put(tx, About::Case(case.id), kind, &users, &params).await
}

/// Tells users something that is not about a case, each once. Tells how many were told.
pub(crate) async fn raise_beside_cases(
    tx: &Tx<'_>,
    about: About,
    kind: AlertKind,
    users: &[UserId],
    params: Params,
) -> Result<usize> {
    let mut users = users.to_vec();
    users.sort_unstable();
    users.dedup();
    put(tx, about, kind, &users, &params).await
}

async fn put(tx: &Tx<'_>, about: About, kind: AlertKind, users: &[UserId], params: &Params) -> Result<usize> {
    for user in users {
        let mut alert = Alert {
            id: tx.new_id(),
            user_id: *user,
            kind,
            case_id: None,
            conversation_id: None,
            plan_id: None,
            plan_version_id: None,
            at: tx.now(),
            read_at: None,
            params: params.clone(),
        };
        match about {
            About::Case(id) => alert.case_id = Some(id),
            About::Conversation(id) => alert.conversation_id = Some(id),
            About::Plan(id, version) => (alert.plan_id, alert.plan_version_id) = (Some(id), Some(version)),
            About::Nothing => {}
        }
        // A clock says a thing once: after a stop of hours several steps of a chain may come to the same.
        if kind.of_clock() && store::said(tx, &alert).await? {
            continue;
        }
        store::insert(tx, &alert).await?;
        let unread = store::count(tx, *user, 1).await?;
        tx.emit(&AlertRaised { alert_id: alert.id, user_id: *user, kind, case_id: alert.case_id, unread })?;
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
