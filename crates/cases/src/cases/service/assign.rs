//! Who is responsible for a case.

use heard_kernel::{Code, Error, Result};
use heard_platform::{
    directory::{self, TeamId, UserId},
    teams::USER_UNKNOWN,
    users::TEAM_UNKNOWN,
};
use heard_runtime::Tx;

use super::super::{
    edit::Edit,
    model::{Case, CaseId, Role},
    store,
};
use super::{acting_user, check_active};
use crate::rights;

/// Who is recused from the case can neither own it nor take part (`params.user_id`).
pub(crate) const CASE_RECUSED: Code = Code::new("case_recused", 409);

/// To whom a case is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Assignment {
    /// Who is responsible; nobody when the inner option is empty, as before when the outer one is.
    pub owner_id: Option<Option<UserId>>,
    /// Which team has it; as before when the outer option is empty.
    pub team_id: Option<Option<TeamId>>,
}

/// Gives a case to somebody. Taking one that nobody owns needs no right to assign.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `case_recused`, `validation_failed`; the storage codes.
pub async fn assign(tx: &Tx<'_>, id: CaseId, wish: Assignment) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    let mut edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let me = acting_user(tx.actor());
    let takes = me.is_some()
        && wish.owner_id == Some(me)
        && edit.after.owner_id.is_none_or(|owner| Some(owner) == me);
    let gives_up = wish.owner_id == Some(None) && edit.after.owner_id == me;
    if !((takes || gives_up) && wish.team_id.is_none()) {
        tx.actor().require(rights::ASSIGN)?;
    }
    give(tx, &mut edit, wish).await?;
    edit.save(tx).await
}

/// The acting user takes a case that nobody owns.
///
/// # Errors
/// As [`assign`]; `user_required`.
pub async fn take(tx: &Tx<'_>, id: CaseId) -> Result<Case> {
    let me = UserId(tx.actor().user_id()?);
    assign(tx, id, Assignment { owner_id: Some(Some(me)), team_id: None }).await
}

/// Gives a case to somebody; the caller saves.
pub(crate) async fn give(tx: &Tx<'_>, edit: &mut Edit, wish: Assignment) -> Result<()> {
    if let Some(Some(owner)) = wish.owner_id.filter(|owner| *owner != edit.after.owner_id) {
        check_user(tx, "owner_id", owner).await?;
        check_not_recused(tx, edit.after.id, owner).await?;
    }
    if let Some(Some(team)) = wish.team_id.filter(|team| *team != edit.after.team_id) {
        check_team(tx, "team_id", team).await?;
    }
    edit.after.owner_id = wish.owner_id.unwrap_or(edit.after.owner_id);
    edit.after.team_id = wish.team_id.unwrap_or(edit.after.team_id);
    Ok(())
}

/// Fails unless there is such a user.
pub(crate) async fn check_user(tx: &Tx<'_>, field: &str, user: UserId) -> Result<()> {
    match directory::user_refs(tx, &[user.0]).await?.is_empty() {
        true => Err(Error::field(field, USER_UNKNOWN).with("id", user)),
        false => Ok(()),
    }
}

/// Fails unless there is such a team.
pub(crate) async fn check_team(tx: &Tx<'_>, field: &str, team: TeamId) -> Result<()> {
    match directory::team_refs(tx, &[team.0]).await?.is_empty() {
        true => Err(Error::field(field, TEAM_UNKNOWN).with("id", team)),
        false => Ok(()),
    }
}

/// Fails when the user is recused from the case.
pub(crate) async fn check_not_recused(tx: &Tx<'_>, id: CaseId, user: UserId) -> Result<()> {
    let people = store::people(tx, &[id]).await?.remove(&id).unwrap_or_default();
    match people.is(user, Role::Recused) {
        true => Err(Error::new(CASE_RECUSED).with("user_id", user)),
        false => Ok(()),
    }
}
