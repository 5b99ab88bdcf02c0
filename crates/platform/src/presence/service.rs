//! What changes presence, and reading it.

use heard_kernel::{Actor, Error, Result, Timestamp, clean_name};
use heard_runtime::{Ctx, Event as _, Tx, history_of};
use heard_store::Tx as StoreTx;

use super::{
    deadlines::GoneOffline,
    events::PresenceChanged,
    loads::Loads,
    model::{Presence, Standing, Status, UserPresence},
    store,
};
use crate::{directory::UserId, rights::USER_READ};

/// How long somebody without a connection is still taken to be there.
const GRACE_SECONDS: i64 = 60;

/// The presence of a user.
///
/// # Errors
/// `not_found`; the storage codes.
pub async fn of_user(ctx: &Ctx, user: UserId) -> Result<Presence> {
    ctx.read(async move |tx| Ok(standing(tx, user).await?.present())).await
}

/// The presence of all active users.
///
/// # Errors
/// `forbidden`; the storage codes.
pub async fn all(ctx: &Ctx, actor: &Actor) -> Result<Vec<UserPresence>> {
    actor.require(USER_READ)?;
    let loads = Loads::ask(ctx).await?;
    let listed = ctx.read(async |tx| store::all(tx).await).await?;
    let with_load = |row: store::Listed| UserPresence {
        user_id: row.user_id,
        presence: row.standing.present(),
        open_chats: loads.get(&row.user_id.0).copied().unwrap_or(0),
    };
    Ok(listed.into_iter().map(with_load).collect())
}

async fn standing(tx: &StoreTx<'_>, user: UserId) -> Result<Standing> {
    if let Some(standing) = store::one(tx, user).await? {
        return Ok(standing);
    }
    let made_at = store::made_at(tx, user).await?.ok_or_else(|| Error::not_found("user"))?;
    Ok(Standing::absent(made_at))
}

/// Stores a change, and emits the event when others can see it.
pub(super) async fn change(
    tx: &Tx<'_>,
    user: UserId,
    next: impl FnOnce(&Standing) -> Standing,
) -> Result<Presence> {
    let before = standing(tx, user).await?;
    let after = next(&before);
    if after != before {
        store::save(tx, user, &after).await?;
    }
    // A connection that comes and goes, as with each page that is loaded anew, is no change that anybody need hear of.
    if (after.status, &after.reason) != (before.status, &before.reason) {
        let (status, reason, connected) = (after.status, after.reason.clone(), after.connected);
        tx.emit(&PresenceChanged { user_id: user, status, reason, connected })?;
    }
    Ok(after.present())
}

/// Whoever acts chooses a status.
///
/// # Errors
/// `user_required`; `validation_failed`; the storage codes.
pub(super) async fn choose(
    ctx: &Ctx,
    actor: &Actor,
    status: Status,
    reason: Option<String>,
) -> Result<Presence> {
    let user = UserId(actor.user_id()?);
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    let reason = reason.map(|reason| clean_name("reason", &reason, 60)).transpose()?;
    ctx.tx(actor, async move |tx| {
        let now = tx.now();
        let presence = change(tx, user, |before| before.choose(status, reason.clone(), now)).await?;
        if !presence.connected && status != Status::Offline {
            tx.set_deadline(GoneOffline::KIND, user, now.plus_seconds(GRACE_SECONDS), &())?;
        }
        Ok(presence)
    })
    .await
}

/// A user has a connection. Called by the hub for the first one.
///
/// # Errors
/// The storage codes.
pub async fn connected(ctx: &Ctx, user: UserId) -> Result<()> {
    ctx.tx(&Actor::user(user.0, Default::default()), async move |tx| {
        let now = tx.now();
        tx.clear_deadline(GoneOffline::KIND, user);
        change(tx, user, |before| before.connect(now)).await.map(drop)
    })
    .await
}

/// A user has no connection any more. Called by the hub for the last one.
///
/// # Errors
/// The storage codes.
pub async fn disconnected(ctx: &Ctx, user: UserId) -> Result<()> {
    ctx.tx(&Actor::system(), async move |tx| lost(tx, user).await).await
}

async fn lost(tx: &Tx<'_>, user: UserId) -> Result<()> {
    tx.set_deadline(GoneOffline::KIND, user, tx.now().plus_seconds(GRACE_SECONDS), &())?;
    change(tx, user, Standing::disconnect).await.map(drop)
}

/// After a start: who was connected before and is not `back` yet gets a minute to come back.
///
/// # Errors
/// The storage codes.
pub async fn after_start(ctx: &Ctx, back: impl Fn(UserId) -> bool + Send + Sync + 'static) -> Result<()> {
    ctx.tx(&Actor::system(), async move |tx| {
        for user in store::not_offline(tx).await? {
            if !back(user) {
                lost(tx, user).await?;
            }
        }
        Ok(())
    })
    .await
}

/// What a user was between two instants, each with its beginning; the first may have begun before.
///
/// # Errors
/// `forbidden` for somebody else without the right; the storage codes.
pub(super) async fn timeline(
    ctx: &Ctx,
    actor: &Actor,
    user: UserId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Presence>> {
    if actor.id != Some(user.0) {
        actor.require(USER_READ)?;
    }
    ctx.read(async move |tx| {
        let (mut before, mut items) = (None, Vec::new());
        let events = history_of(tx, &[user.0], &[PresenceChanged::KIND]).await?;
        for event in events.iter().take_while(|event| event.at < to) {
            let Some(changed) = event.decode::<PresenceChanged>()? else { continue };
            let presence = Presence {
                status: changed.status,
                reason: changed.reason,
                since: event.at,
                connected: changed.connected,
            };
            if event.at <= from { before = Some(presence) } else { items.push(presence) }
        }
        items.splice(0..0, before);
        Ok(items)
    })
    .await
}
