//! What can be done with roles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use heard_kernel::{Actor, Code, Error, FieldError, Locale, Result, RightSet, clean_name, clean_text, codes};
use heard_runtime::{Ctx, IdempotencyKey, Tx};
use heard_store::Tx as StoreTx;

use super::{
    events::{RoleCreated, RoleDeleted, RoleUpdated},
    http::{NewRole, RolePatch},
    model::{OwnRole, Role, RoleId, RoleRef},
    rules::covers,
    store,
};
use crate::{
    directory::UserId,
    rights::{BuiltIn, Catalogue, ROLE_MANAGE, USER_READ},
};

/// A built-in role cannot be changed: make an own role instead.
pub(crate) const ROLE_BUILT_IN: Code = Code::new("role_built_in", 409);
/// The role is still held by users (`params.count`).
pub(crate) const ROLE_IN_USE: Code = Code::new("role_in_use", 409);
/// There is no right of this name (`params.right`).
pub(crate) const RIGHT_UNKNOWN: Code = Code::new("right_unknown", 422);
/// There is no role of this id.
pub(crate) const ROLE_UNKNOWN: Code = Code::new("role_unknown", 422);

/// All roles, the built-in ones first.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn list(ctx: &Ctx, actor: &Actor, locale: Locale) -> Result<Vec<Role>> {
    actor.require(USER_READ)?;
    let catalogue = Catalogue::of(ctx);
    let (own, counts) =
        ctx.read(async |tx| Ok((store::all(tx).await?, store::user_counts(tx).await?))).await?;
    let count = |id: RoleId| counts.get(&id).copied().unwrap_or(0);
    let built_in = BuiltIn::ALL.into_iter().map(|role| {
        let (name, description) = role.words(locale);
        Role {
            id: role.id(),
            key: Some(role.key().to_owned()),
            name: name.to_owned(),
            description: description.to_owned(),
            rights: catalogue.of_role(role).names().map(str::to_owned).collect(),
            built_in: true,
            user_count: count(role.id()),
            version: 1,
        }
    });
    Ok(built_in
        .chain(own.into_iter().map(|role| {
            let users = count(role.id);
            role.present(users)
        }))
        .collect())
}

/// Makes an own role.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `validation_failed`; `already_exists`; the storage codes.
pub(crate) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    key: Option<IdempotencyKey>,
    new: NewRole,
) -> Result<Role> {
    actor.require(ROLE_MANAGE)?;
    let name = clean_name("name", &new.name, 60)?;
    let description = clean_text("description", new.description.as_deref().unwrap_or_default(), 500)?;
    let rights = clean_rights(&Catalogue::of(ctx), new.rights)?;
    covers(actor, rights.iter().map(String::as_str))?;
    let id = ctx
        .tx_once(actor, key, async move |tx| {
            let role = OwnRole {
                id: tx.new_id(),
                name: name.clone(),
                description: description.clone(),
                rights: rights.clone(),
                version: 1,
            };
            store::insert(tx, &role).await?;
            tx.emit(&RoleCreated { role_id: role.id, rights: role.rights })?;
            Ok(role.id)
        })
        .await?;
    present(ctx, id).await
}

/// Changes a version of an own role.
///
/// # Errors
/// `forbidden`; `rights_exceeded`; `role_built_in`; `validation_failed`; `version_conflict`; the storage codes.
pub(crate) async fn update(
    ctx: &Ctx,
    actor: &Actor,
    id: RoleId,
    version: i64,
    patch: RolePatch,
) -> Result<Role> {
    actor.require(ROLE_MANAGE)?;
    refuse_built_in(id)?;
    let name = patch.name.map(|name| clean_name("name", &name, 60)).transpose()?;
    let description = patch.description.map(|text| clean_text("description", &text, 500)).transpose()?;
    let rights = patch.rights.map(|rights| clean_rights(&Catalogue::of(ctx), rights)).transpose()?;
    let acting = actor.clone();
    ctx.tx(actor, async move |tx| {
        let before = store::one(tx, id).await?.ok_or_else(|| Error::not_found("role"))?;
        if before.version != version {
            return Err(conflict(tx, before).await?);
        }
        let after = OwnRole {
            name: name.clone().unwrap_or_else(|| before.name.clone()),
            description: description.clone().unwrap_or_else(|| before.description.clone()),
            rights: rights.clone().unwrap_or_else(|| before.rights.clone()),
            ..before.clone()
        };
        if after == before {
            return Ok(());
        }
        let without = |list: &[String], other: &[String]| -> Vec<String> {
            list.iter().filter(|right| !other.contains(right)).cloned().collect()
        };
        let added = without(&after.rights, &before.rights);
        let removed = without(&before.rights, &after.rights);
        covers(&acting, added.iter().chain(&removed).map(String::as_str))?;
        if !store::update(tx, &after).await? {
            return Err(conflict(tx, before).await?);
        }
        tx.emit(&RoleUpdated { role_id: id, added, removed })
    })
    .await?;
    crate::sessions::forget_all(ctx);
    present(ctx, id).await
}

/// Deletes an own role that nobody holds.
///
/// # Errors
/// `forbidden`; `role_built_in`; `role_in_use`; `not_found`; the storage codes.
pub(crate) async fn delete(ctx: &Ctx, actor: &Actor, id: RoleId) -> Result<()> {
    actor.require(ROLE_MANAGE)?;
    refuse_built_in(id)?;
    ctx.tx(actor, async move |tx| {
        store::one(tx, id).await?.ok_or_else(|| Error::not_found("role"))?;
        let holders = store::user_counts(tx).await?.get(&id).copied().unwrap_or(0);
        if holders > 0 {
            return Err(Error::new(ROLE_IN_USE).with("count", holders));
        }
        store::delete(tx, id).await?;
        tx.emit(&RoleDeleted { role_id: id })
    })
    .await
}

fn refuse_built_in(id: RoleId) -> Result<()> {
    if BuiltIn::of_id(id).is_some() { Err(Error::new(ROLE_BUILT_IN)) } else { Ok(()) }
}

async fn conflict(tx: &Tx<'_>, current: OwnRole) -> Result<Error> {
    let users = store::user_counts(tx).await?.get(&current.id).copied().unwrap_or(0);
    Ok(Error::new(codes::VERSION_CONFLICT).with("current", current.present(users)))
}

async fn present(ctx: &Ctx, id: RoleId) -> Result<Role> {
    ctx.read(async move |tx| {
        let role = store::one(tx, id).await?.ok_or_else(|| Error::not_found("role"))?;
        let users = store::user_counts(tx).await?.get(&id).copied().unwrap_or(0);
        Ok(role.present(users))
    })
    .await
}

fn clean_rights(catalogue: &Catalogue, rights: Vec<String>) -> Result<Vec<String>> {
    let unique: BTreeSet<String> = rights.into_iter().collect();
    match unique.iter().find(|right| !catalogue.knows(right)) {
        Some(right) => Err(Error::field("rights", RIGHT_UNKNOWN).with("right", right)),
        None => Ok(unique.into_iter().collect()),
    }
}

/// What a user may do.
pub(crate) async fn access_of(tx: &StoreTx<'_>, catalogue: &Catalogue, user: UserId) -> Result<RightSet> {
    let role_ids = store::of_users(tx, &[user]).await?.remove(&user).unwrap_or_default();
    rights_of(tx, catalogue, &role_ids).await
}

/// The rights that roles grant together. An id of no role grants nothing.
pub(crate) async fn rights_of(tx: &StoreTx<'_>, catalogue: &Catalogue, ids: &[RoleId]) -> Result<RightSet> {
    let mut rights = BTreeSet::new();
    for role in ids.iter().filter_map(|id| BuiltIn::of_id(*id)) {
        rights.extend(catalogue.of_role(role).names().map(str::to_owned));
    }
    let own: Vec<RoleId> = ids.iter().copied().filter(|id| BuiltIn::of_id(*id).is_none()).collect();
    if !own.is_empty() {
        rights.extend(store::some(tx, &own).await?.into_iter().flat_map(|role| role.rights));
    }
    Ok(rights.into_iter().collect())
}

/// Checks that roles exist and that the actor holds all that they grant.
///
/// # Errors
/// `validation_failed` for an unknown role; `rights_exceeded`.
pub(crate) async fn check_grantable(
    tx: &StoreTx<'_>,
    catalogue: &Catalogue,
    actor: &Actor,
    ids: &[RoleId],
) -> Result<()> {
    let own: Vec<RoleId> = ids.iter().copied().filter(|id| BuiltIn::of_id(*id).is_none()).collect();
    let known = if own.is_empty() { Vec::new() } else { store::some(tx, &own).await? };
    if own.iter().any(|id| known.iter().all(|role| role.id != *id)) {
        let field = FieldError { field: "role_ids".to_owned(), code: ROLE_UNKNOWN, params: BTreeMap::new() };
        return Err(Error::fields(vec![field]));
    }
    covers(actor, rights_of(tx, catalogue, ids).await?.names())
}

/// References to roles, the built-in ones first.
pub(crate) async fn refs(
    tx: &StoreTx<'_>,
    ids: &[RoleId],
    locale: Locale,
) -> Result<HashMap<RoleId, RoleRef>> {
    let mut found: HashMap<RoleId, RoleRef> = BuiltIn::ALL
        .into_iter()
        .filter(|role| ids.contains(&role.id()))
        .map(|role| (role.id(), RoleRef::built_in(role, locale)))
        .collect();
    let own: Vec<RoleId> = ids.iter().copied().filter(|id| BuiltIn::of_id(*id).is_none()).collect();
    if !own.is_empty() {
        for role in store::some(tx, &own).await? {
            found.insert(role.id, RoleRef { id: role.id, key: None, name: role.name });
        }
    }
    Ok(found)
}
