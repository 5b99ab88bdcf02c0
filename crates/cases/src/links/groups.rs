//! Group complaints.

use heard_kernel::{Actor, Error, Result, clean_name, clean_text, codes};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::Grouped,
    model::{CaseGroup, GroupId, GroupPatch, NewGroup, Representative},
    store,
};
use crate::{
    cases::{
        self, AT_ONCE, CaseId, SHORT, TOO_MANY, acting_user, check_active,
        edit::{self, Edit},
        in_order,
    },
    rights,
};

fn clean(representatives: Vec<Representative>) -> Result<Vec<Representative>> {
    if representatives.len() > AT_ONCE {
        return Err(Error::field("representatives", TOO_MANY).with("max", AT_ONCE));
    }
    let one = |person: Representative| {
        Ok(Representative {
            case_id: person.case_id,
            name: clean_name("representatives", &person.name, 200)?,
            contact: clean_text("representatives", &person.contact, 200)?,
        })
    };
    representatives.into_iter().map(one).collect()
}

/// Makes a group complaint of cases.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `validation_failed`; the storage codes.
pub(super) async fn create(tx: &Tx<'_>, new: NewGroup) -> Result<GroupId> {
    tx.actor().require(rights::MANAGE)?;
    let group = CaseGroup {
        id: tx.new_id(),
        title: clean_name("title", &new.title, 200)?,
        note: clean_text("note", &new.note, SHORT)?,
        created_at: tx.now(),
        created_by: acting_user(tx.actor()),
        version: 1,
        representatives: clean(new.representatives)?,
    };
    store::insert_group(tx, &group).await?;
    put(tx, new.case_ids, group.id, true).await?;
    Ok(group.id)
}

/// Lets cases join a group, or leave it.
async fn put(tx: &Tx<'_>, ids: Vec<CaseId>, group: GroupId, joins: bool) -> Result<()> {
    if ids.len() > AT_ONCE {
        return Err(Error::field("case_ids", TOO_MANY).with("max", AT_ONCE));
    }
    for id in in_order(ids) {
        let mut edit = Edit::open(tx, id).await?;
        check_active(&edit.after)?;
        let is_in = edit.after.group_id == Some(group.0);
        if is_in == joins {
            continue;
        }
        let group = joins.then_some(group);
        edit.after.group_id = group.map(|group| group.0);
        tx.emit(&Grouped { standing: (&edit.after).into(), group_id: group })?;
        edit.save(tx).await?;
    }
    Ok(())
}

/// A group complaint, for who sees one of its cases or manages groups.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(crate) async fn get(tx: &StoreTx<'_>, actor: &Actor, id: GroupId) -> Result<CaseGroup> {
    actor.require(rights::READ)?;
    let not_found = || Error::not_found("case_group");
    let group = store::group(tx, id).await?.ok_or_else(not_found)?;
    if actor.may(rights::MANAGE) || actor.may(rights::READ_ALL) {
        return Ok(group);
    }
    for case in cases::store::of_group(tx, id.0).await? {
        if edit::visible(tx, actor, case).await.is_ok() {
            return Ok(group);
        }
    }
    Err(not_found())
}

/// Changes a group complaint.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`, `version_conflict`, `validation_failed`; the storage codes.
pub(super) async fn change(tx: &Tx<'_>, id: GroupId, version: i64, patch: GroupPatch) -> Result<()> {
    tx.actor().require(rights::MANAGE)?;
    let mut group = store::group(tx, id).await?.ok_or_else(|| Error::not_found("case_group"))?;
    group.version = version;
    if let Some(title) = &patch.title {
        group.title = clean_name("title", title, 200)?;
    }
    if let Some(note) = &patch.note {
        group.note = clean_text("note", note, SHORT)?;
    }
    if let Some(representatives) = patch.representatives {
        group.representatives = clean(representatives)?;
    }
    if !store::save_group(tx, &group).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    put(tx, patch.add, id, true).await?;
    put(tx, patch.remove, id, false).await
}
