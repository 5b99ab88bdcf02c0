//! What administrators can do with users.

use std::collections::BTreeSet;

use heard_kernel::{Actor, Code, Cursor, Error, Locale, Page, PageRequest, Result, clean_name, codes};
use heard_runtime::{Ctx, IdempotencyKey, Tx};
use heard_store::Tx as StoreTx;
use uuid::Uuid;

use super::{
    events::{UserCreated, UserUpdated},
    http::{NewUserBody, UserPatch},
    model::{Account, User},
    store::{self, Filter},
};
use crate::{
    credentials,
    directory::{self, Directory, NewUser, TeamId, UserId, UserState, team_ids_of, team_refs},
    rights::{BuiltIn, Catalogue, USER_MANAGE, USER_READ},
    roles::{self, RoleId, access_of, check_grantable, covers},
    sessions, settings, teams,
};

/// Without this user nobody could administrate Heard any more: make another administrator first.
pub const LAST_ADMINISTRATOR: Code = Code::new("last_administrator", 409);
/// There is no team of this id.
pub const TEAM_UNKNOWN: Code = Code::new("team_unknown", 422);

/// Users by name.
///
/// # Errors
/// `forbidden`; `cursor_invalid`; the storage codes.
pub(crate) async fn list(
    ctx: &Ctx,
    actor: &Actor,
    filter: Filter,
    page: PageRequest,
    locale: Locale,
) -> Result<Page<User>> {
    actor.require(USER_READ)?;
    let after = page.after::<(String, Uuid)>()?;
    ctx.read(async move |tx| {
        let rows = store::page(tx, &filter, &page, after.clone()).await?;
        let cut = Page::from_extra(rows, page.limit(), |last| Cursor::encode(&(&last.name_key, last.id)));
        let items = store::present(tx, cut.items, locale).await?;
        Ok(Page { items, next_cursor: cut.next_cursor })
    })
    .await
}

/// One user.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(crate) async fn get(ctx: &Ctx, actor: &Actor, id: UserId, locale: Locale) -> Result<User> {
    if actor.id != Some(id.0) {
        actor.require(USER_READ)?;
    }
    present(ctx, id, locale).await
}

pub(crate) async fn present(ctx: &Ctx, id: UserId, locale: Locale) -> Result<User> {
    ctx.read(async move |tx| present_in(tx, id, locale).await).await
}

async fn present_in(tx: &StoreTx<'_>, id: UserId, locale: Locale) -> Result<User> {
    let row = store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))?;
    store::present(tx, vec![row], locale).await?.pop().ok_or_else(|| Error::not_found("user"))
}

/// The account of a user.
///
/// # Errors
/// `not_found`; the storage codes.
pub(crate) async fn account(ctx: &Ctx, id: UserId) -> Result<Account> {
    ctx.read(async move |tx| store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))).await
}

/// What a new user is made of, all of it checked.
#[derive(Clone, Debug)]
pub(crate) struct Fresh {
    pub(crate) user: NewUser,
    pub(crate) password_hash: String,
    pub(crate) role_ids: Vec<RoleId>,
    pub(crate) team_ids: Vec<TeamId>,
}

/// Stores a new user with password, roles and teams, and emits the event. Rights are checked by the caller.
///
/// # Errors
/// `already_exists` when the address is taken; `validation_failed` for unknown teams; the storage codes.
pub(crate) async fn add(tx: &Tx<'_>, fresh: &Fresh) -> Result<()> {
    let user_id = fresh.user.id;
    check_teams(tx, &fresh.team_ids).await?;
    directory::add_user(tx, &fresh.user).await?;
    credentials::store::set_password(tx, user_id, &fresh.password_hash, tx.now()).await?;
    for role in &fresh.role_ids {
        roles::store::add_to_user(tx, user_id, *role).await?;
    }
    for team in &fresh.team_ids {
        directory::store::add_member(tx, *team, user_id).await?;
    }
    tx.emit(&UserCreated { user_id, role_ids: fresh.role_ids.clone(), team_ids: fresh.team_ids.clone() })
}

/// Makes a user with a first password.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `validation_failed`; `already_exists`; the storage codes.
pub(crate) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    key: Option<IdempotencyKey>,
    new: NewUserBody,
    locale: Locale,
) -> Result<User> {
    actor.require(USER_MANAGE)?;
    let settings = settings::current(ctx).await?;
    let name = clean_name("name", &new.name, 60)?;
    let email = settings::clean_email("email", &new.email)?;
    credentials::check_password("password", &new.password, settings.password_min_length, &[&name, &email])?;
    let password_hash = credentials::hash(ctx, &new.password).await?;
    let fresh = Fresh {
        user: NewUser {
            id: ctx.new_id(),
            name,
            email,
            locale: settings.default_locale,
            time_zone: settings.time_zone.clone(),
        },
        password_hash,
        role_ids: unique(new.role_ids.unwrap_or_default()),
        team_ids: unique(new.team_ids.unwrap_or_default()),
    };
    let (catalogue, acting) = (Catalogue::of(ctx), actor.clone());
    let id = ctx
        .tx_once(actor, key, async move |tx| {
            check_grantable(tx, &catalogue, &acting, &fresh.role_ids).await?;
            add(tx, &fresh).await?;
            Ok(fresh.user.id)
        })
        .await?;
    present(ctx, id, locale).await
}

/// Checks that the actor may act on a user: they must hold every right that the user holds, or taking over the account
/// would be a way to more rights.
///
/// # Errors
/// `rights_exceeded`; the storage codes.
pub(crate) async fn check_rank(
    tx: &StoreTx<'_>,
    catalogue: &Catalogue,
    actor: &Actor,
    user: UserId,
) -> Result<()> {
    if actor.id == Some(user.0) {
        return Ok(());
    }
    covers(actor, access_of(tx, catalogue, user).await?.names())
}

/// Changes a version of a user.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `last_administrator`; `validation_failed`; `version_conflict`; the storage codes.
pub(crate) async fn update(
    ctx: &Ctx,
    actor: &Actor,
    id: UserId,
    version: i64,
    patch: UserPatch,
    locale: Locale,
) -> Result<User> {
    actor.require(USER_MANAGE)?;
    let change = Change {
        name: patch.name.map(|name| clean_name("name", &name, 60)).transpose()?,
        capacity: patch.capacity.map(|n| settings::within("capacity", n, 0, 100)).transpose()?,
        state: patch.state,
        role_ids: patch.role_ids.map(unique),
        team_ids: patch.team_ids.map(unique),
    };
    let (catalogue, acting) = (Catalogue::of(ctx), actor.clone());
    let user = ctx
        .tx(actor, async move |tx| {
            check_rank(tx, &catalogue, &acting, id).await?;
            apply(tx, &catalogue, &acting, id, version, &change, locale).await?;
            present_in(tx, id, locale).await
        })
        .await?;
    Directory::of(ctx).forget_user(id);
    sessions::forget_all(ctx);
    Ok(user)
}

#[derive(Debug)]
struct Change {
    name: Option<String>,
    capacity: Option<u32>,
    state: Option<UserState>,
    role_ids: Option<Vec<RoleId>>,
    team_ids: Option<Vec<TeamId>>,
}

async fn apply(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    actor: &Actor,
    id: UserId,
    version: i64,
    change: &Change,
    locale: Locale,
) -> Result<()> {
    let before = store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))?;
    let after = Account {
        name: change.name.clone().unwrap_or_else(|| before.name.clone()),
        capacity: change.capacity.unwrap_or(before.capacity),
        state: change.state.unwrap_or(before.state),
        ..before.clone()
    };
    if before.version != version || !store::update(tx, &after).await? {
        let current = present_in(tx, id, locale).await?;
        return Err(Error::new(codes::VERSION_CONFLICT).with("current", current));
    }
    let mut changed = Vec::new();
    let mut note = |name: &str, differs: bool| {
        if differs {
            changed.push(name.to_owned())
        }
    };
    note("name", after.name != before.name);
    note("capacity", after.capacity != before.capacity);
    note("state", after.state != before.state);
    let role_ids = match &change.role_ids {
        Some(wanted) => set_roles(tx, catalogue, actor, id, wanted).await?,
        None => None,
    };
    note("roles", role_ids.is_some());
    let team_ids = match &change.team_ids {
        Some(wanted) => set_teams(tx, id, wanted).await?,
        None => None,
    };
    note("teams", team_ids.is_some());
    let disabled = after.state == UserState::Disabled && before.state == UserState::Active;
    if disabled || role_ids.is_some() {
        keep_an_administrator(tx, id, disabled).await?;
    }
    if disabled {
        sessions::revoke_all(tx, id, None).await?;
        crate::invitations::withdraw_of(tx, id).await?;
    }
    let state = (after.state != before.state).then_some(after.state);
    if changed.is_empty() {
        return Ok(());
    }
    tx.emit(&UserUpdated { user_id: id, changed, state, role_ids, team_ids })
}

/// Fails when no active administrator is left. Holds a row first, so that two administrators cannot remove each other
/// at the same time.
async fn keep_an_administrator(tx: &Tx<'_>, user: UserId, disabled: bool) -> Result<()> {
    settings::lock(tx).await?;
    let role = BuiltIn::Administrator.id();
    let others = roles::store::active_holders(tx, role, user).await?;
    let held = roles::store::of_users(tx, &[user]).await?;
    let active = store::one(tx, user).await?.is_some_and(|user| user.state == UserState::Active);
    let stays = active && !disabled && held.get(&user).is_some_and(|roles| roles.contains(&role));
    if others == 0 && !stays { Err(Error::new(LAST_ADMINISTRATOR)) } else { Ok(()) }
}

/// Gives a user exactly these roles; nothing when they hold them already. Roles are given and taken only by who holds
/// their rights.
async fn set_roles(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    actor: &Actor,
    user: UserId,
    wanted: &[RoleId],
) -> Result<Option<Vec<RoleId>>> {
    let held = roles::store::of_users(tx, &[user]).await?.remove(&user).unwrap_or_default();
    let added: Vec<RoleId> = wanted.iter().filter(|role| !held.contains(role)).copied().collect();
    let removed: Vec<RoleId> = held.iter().filter(|role| !wanted.contains(role)).copied().collect();
    if added.is_empty() && removed.is_empty() {
        return Ok(None);
    }
    check_grantable(tx, catalogue, actor, &added).await?;
    covers(actor, roles::rights_of(tx, catalogue, &removed).await?.names())?;
    for role in added {
        roles::store::add_to_user(tx, user, role).await?;
    }
    for role in removed {
        roles::store::remove_from_user(tx, user, role).await?;
    }
    Ok(Some(wanted.to_vec()))
}

async fn set_teams(tx: &Tx<'_>, user: UserId, wanted: &[TeamId]) -> Result<Option<Vec<TeamId>>> {
    let held = team_ids_of(tx, user).await?;
    let added: Vec<TeamId> = wanted.iter().filter(|team| !held.contains(team)).copied().collect();
    let removed: Vec<TeamId> = held.iter().filter(|team| !wanted.contains(team)).copied().collect();
    if added.is_empty() && removed.is_empty() {
        return Ok(None);
    }
    check_teams(tx, &added).await?;
    for team in added {
        directory::store::add_member(tx, team, user).await?;
    }
    for team in removed {
        teams::remove_member(tx, team, user).await?;
    }
    Ok(Some(wanted.to_vec()))
}

pub(crate) async fn check_teams(tx: &StoreTx<'_>, ids: &[TeamId]) -> Result<()> {
    let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = team_refs(tx, &wanted).await?;
    if wanted.iter().all(|id| known.contains_key(id)) {
        Ok(())
    } else {
        Err(Error::field("team_ids", TEAM_UNKNOWN))
    }
}

/// Ends all sessions of a user.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `not_found`; the storage codes.
pub(crate) async fn end_sessions(ctx: &Ctx, actor: &Actor, id: UserId) -> Result<()> {
    actor.require(USER_MANAGE)?;
    let (catalogue, acting) = (Catalogue::of(ctx), actor.clone());
    ctx.tx(actor, async move |tx| {
        store::one(tx, id).await?.ok_or_else(|| Error::not_found("user"))?;
        check_rank(tx, &catalogue, &acting, id).await?;
        sessions::revoke_all(tx, id, None).await
    })
    .await?;
    sessions::forget_all(ctx);
    Ok(())
}

pub(crate) fn unique<T: Ord>(ids: Vec<T>) -> Vec<T> {
    ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}
