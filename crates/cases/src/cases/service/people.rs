//! Who takes part, watches, or is recused.

use heard_kernel::{Error, Result, clean_text};
use heard_platform::directory::{TeamId, UserId};
use heard_runtime::Tx;

use super::super::{
    edit::{self, Edit},
    events::{PeopleChanged, TeamsChanged},
    model::{Case, CaseId, Person, Role},
    store,
};
use super::{
    AT_ONCE, SHORT, TOO_MANY,
    assign::{check_not_recused, check_team, check_user},
    check_active,
};
use crate::rights;

/// Gives users a role in a case or takes it from them. Repeating it is harmless. A recusal needs a reason; who is recused
/// ceases to own the case, to take part and to watch.
///
/// # Errors
/// `forbidden`, `not_found`, `case_recused`, `case_merged` and `case_archived` for taking part, `validation_failed`; the
/// storage codes.
pub async fn change_people(
    tx: &Tx<'_>,
    id: CaseId,
    role: Role,
    add: &[UserId],
    remove: &[UserId],
    reason: &str,
) -> Result<Case> {
    let right = if role == Role::Recused { rights::ASSIGN } else { rights::WORK };
    tx.actor().require(right)?;
    if add.len() + remove.len() > AT_ONCE {
        return Err(Error::field("add", TOO_MANY).with("max", AT_ONCE));
    }
    let mut edit = Edit::open(tx, id).await?;
    // Who may look at an archived case can still change: watching it, and being kept from it.
    if role == Role::Participant {
        check_active(&edit.after)?;
    }
    let reason = match role {
        Role::Recused if !add.is_empty() => super::stages::given_reason(reason)?,
        _ => clean_text("reason", reason, SHORT)?,
    };
    for user in add {
        check_user(tx, "add", *user).await?;
        if role == Role::Recused {
            withdraw(tx, &mut edit, *user).await?;
        } else {
            check_not_recused(tx, id, *user).await?;
        }
    }
    set_roles(tx, &edit.after, role, add, remove, &reason).await?;
    edit.save(tx).await
}

/// The acting user watches a case or ceases to. Seeing it is enough.
///
/// # Errors
/// `forbidden`, `not_found`, `user_required`; the storage codes.
pub async fn watch(tx: &Tx<'_>, id: CaseId, on: bool) -> Result<()> {
    tx.actor().require(rights::READ)?;
    let me = UserId(tx.actor().user_id()?);
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    let (add, remove): (&[UserId], &[UserId]) = if on { (&[me], &[]) } else { (&[], &[me]) };
    set_roles(tx, &case, Role::Watcher, add, remove, "").await
}

async fn set_roles(
    tx: &Tx<'_>,
    case: &Case,
    role: Role,
    add: &[UserId],
    remove: &[UserId],
    reason: &str,
) -> Result<()> {
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for user in add {
        let person =
            Person { case_id: case.id, user_id: *user, role, since: tx.now(), reason: reason.to_owned() };
        if store::add_person(tx, &person).await? {
            added.push(*user);
        }
    }
    for user in remove {
        if store::remove_person(tx, case.id, *user, role).await? {
            removed.push(*user);
        }
    }
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    tx.emit(&PeopleChanged { standing: case.into(), role, added, removed })
}

/// A user has nothing to do with the case any more.
async fn withdraw(tx: &Tx<'_>, edit: &mut Edit, user: UserId) -> Result<()> {
    if edit.after.owner_id == Some(user) {
        edit.after.owner_id = None;
    }
    for role in [Role::Participant, Role::Watcher] {
        set_roles(tx, &edit.after, role, &[], &[user], "").await?;
    }
    Ok(())
}

/// Lets teams work on a case beside the one that has it, or no longer.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub async fn change_teams(tx: &Tx<'_>, id: CaseId, add: &[TeamId], remove: &[TeamId]) -> Result<Case> {
    tx.actor().require(rights::WORK)?;
    if add.len() + remove.len() > AT_ONCE {
        return Err(Error::field("add", TOO_MANY).with("max", AT_ONCE));
    }
    let (case, _) = edit::visible(tx, tx.actor(), id).await?;
    check_active(&case)?;
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for team in add {
        check_team(tx, "add", *team).await?;
        if store::add_team(tx, id, *team, tx.now()).await? {
            added.push(*team);
        }
    }
    for team in remove {
        if store::remove_team(tx, id, *team).await? {
            removed.push(*team);
        }
    }
    if !added.is_empty() || !removed.is_empty() {
        tx.emit(&TeamsChanged { standing: (&case).into(), added, removed })?;
    }
    Ok(case)
}
