//! What can be done with teams.

use heard_kernel::{Actor, Code, Error, Result, clean_name, clean_text, codes};
use heard_runtime::{Ctx, IdempotencyKey, Tx};
use uuid::Uuid;

use super::{
    events::{TeamCreated, TeamDeleted, TeamUpdated},
    http::{NewTeamBody, TeamPatch},
    model::{Team, TeamRow},
    store,
};
use crate::{
    directory::{self, Directory, NewTeam, TeamId, UserId, user_ids_of, user_refs},
    rights::{TEAM_MANAGE, USER_READ},
    users::unique,
};

/// There is no user of this id.
pub const USER_UNKNOWN: Code = Code::new("user_unknown", 422);

/// All teams and departments by name.
///
/// # Errors
/// `forbidden`; the storage codes.
pub(crate) async fn list(ctx: &Ctx, actor: &Actor) -> Result<Vec<Team>> {
    actor.require(USER_READ)?;
    ctx.read(async |tx| {
        let rows = store::all(tx).await?;
        store::present(tx, rows).await
    })
    .await
}

/// Makes a team.
///
/// # Errors
/// `forbidden`; `validation_failed`; `already_exists`; the storage codes.
pub(crate) async fn create(
    ctx: &Ctx,
    actor: &Actor,
    key: Option<IdempotencyKey>,
    new: NewTeamBody,
) -> Result<Team> {
    actor.require(TEAM_MANAGE)?;
    let name = clean_name("name", &new.name, 60)?;
    let description = clean_text("description", new.description.as_deref().unwrap_or_default(), 500)?;
    let members: Vec<UserId> = unique(new.member_ids.unwrap_or_default());
    let id = ctx
        .tx_once(actor, key, async move |tx| {
            check_users(tx, "member_ids", &members).await?;
            check_users(tx, "lead_id", new.lead_id.as_slice()).await?;
            let team = NewTeam {
                id: tx.new_id(),
                name: name.clone(),
                kind: new.kind,
                description: description.clone(),
                lead_id: new.lead_id,
                member_ids: members.clone(),
            };
            directory::add_team(tx, &team).await?;
            tx.emit(&TeamCreated { team_id: team.id, member_ids: team.member_ids })?;
            Ok(team.id)
        })
        .await?;
    crate::sessions::forget_all(ctx);
    present(ctx, id).await
}

/// Changes a version of a team.
///
/// # Errors
/// `forbidden`; `validation_failed`; `version_conflict`; `already_exists`; the storage codes.
pub(crate) async fn update(
    ctx: &Ctx,
    actor: &Actor,
    id: TeamId,
    version: i64,
    patch: TeamPatch,
) -> Result<Team> {
    actor.require(TEAM_MANAGE)?;
    let name = patch.name.map(|name| clean_name("name", &name, 60)).transpose()?;
    let description = patch.description.map(|text| clean_text("description", &text, 500)).transpose()?;
    let members: Option<Vec<UserId>> = patch.member_ids.map(unique);
    ctx.tx(actor, async move |tx| {
        let before = store::one(tx, id).await?.ok_or_else(|| Error::not_found("team"))?;
        let after = TeamRow {
            name: name.clone().unwrap_or_else(|| before.name.clone()),
            description: description.clone().unwrap_or_else(|| before.description.clone()),
            kind: patch.kind.unwrap_or(before.kind),
            lead_id: patch.lead_id.unwrap_or(before.lead_id),
            ..before.clone()
        };
        if before.version != version || !store::update(tx, &after).await? {
            let current = store::present(tx, vec![before]).await?.pop();
            return Err(Error::new(codes::VERSION_CONFLICT).with("current", current));
        }
        check_users(tx, "lead_id", patch.lead_id.flatten().as_slice()).await?;
        let (added, removed) = match &members {
            Some(members) => set_members(tx, id, members).await?,
            None => (Vec::new(), Vec::new()),
        };
        tx.emit(&TeamUpdated { team_id: id, added, removed })
    })
    .await?;
    Directory::of(ctx).forget_team(id);
    crate::sessions::forget_all(ctx);
    present(ctx, id).await
}

/// Deletes a team. What refers to it keeps its id.
///
/// # Errors
/// `forbidden`; `not_found`; the storage codes.
pub(crate) async fn delete(ctx: &Ctx, actor: &Actor, id: TeamId) -> Result<()> {
    actor.require(TEAM_MANAGE)?;
    ctx.tx(actor, async move |tx| {
        store::one(tx, id).await?.ok_or_else(|| Error::not_found("team"))?;
        store::delete(tx, id).await?;
        tx.emit(&TeamDeleted { team_id: id })
    })
    .await?;
    Directory::of(ctx).forget_team(id);
    crate::sessions::forget_all(ctx);
    Ok(())
}

async fn present(ctx: &Ctx, id: TeamId) -> Result<Team> {
    ctx.read(async move |tx| {
        let row = store::one(tx, id).await?.ok_or_else(|| Error::not_found("team"))?;
        store::present(tx, vec![row]).await?.pop().ok_or_else(|| Error::not_found("team"))
    })
    .await
}

async fn check_users(tx: &Tx<'_>, field: &'static str, ids: &[UserId]) -> Result<()> {
    let wanted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known = user_refs(tx, &wanted).await?;
    if wanted.iter().all(|id| known.contains_key(id)) {
        Ok(())
    } else {
        Err(Error::field(field, USER_UNKNOWN))
    }
}

async fn set_members(tx: &Tx<'_>, id: TeamId, members: &[UserId]) -> Result<(Vec<UserId>, Vec<UserId>)> {
    check_users(tx, "member_ids", members).await?;
    let before = user_ids_of(tx, id).await?;
    let added: Vec<UserId> = members.iter().filter(|user| !before.contains(user)).copied().collect();
    let removed: Vec<UserId> = before.iter().filter(|user| !members.contains(user)).copied().collect();
    for user in &added {
        directory::store::add_member(tx, id, *user).await?;
    }
    for user in &removed {
        store::remove_member(tx, id, *user).await?;
    }
    Ok((added, removed))
}
