//! Setting up tags.

use heard_kernel::{Actor, Code, Error, Result, clean_name, codes};
use heard_runtime::Tx;
use heard_store::Tx as StoreTx;

use super::{
    events::TagUpdated,
    model::{Tag, TagColor, TagId},
    store,
};
use crate::rights;

/// A tag that is named is not there.
pub(crate) const TAG_UNKNOWN: Code = Code::new("tag_unknown", 422);

/// All tags by name. Everybody who is signed in sees them.
///
/// # Errors
/// The storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor) -> Result<Vec<Tag>> {
    actor.require(rights::READ)?;
    store::all(tx).await
}

/// Makes a tag.
///
/// # Errors
/// `forbidden`, `already_exists`, `validation_failed`; the storage codes.
pub async fn create(tx: &Tx<'_>, name: &str, color: TagColor) -> Result<Tag> {
    tx.actor().require(rights::TAG_MANAGE)?;
    let tag = Tag { id: tx.new_id(), name: clean_name("name", name, 40)?, color, use_count: 0, version: 1 };
    store::insert(tx, &tag, tx.now()).await?;
    tx.emit(&TagUpdated { tag_id: tag.id, name: tag.name.clone(), deleted: false })?;
    Ok(tag)
}

/// Changes a tag.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `already_exists`, `validation_failed`; the storage codes.
pub async fn update(
    tx: &Tx<'_>,
    id: TagId,
    version: i64,
    name: Option<&str>,
    color: Option<TagColor>,
) -> Result<Tag> {
    tx.actor().require(rights::TAG_MANAGE)?;
    let mut tag = store::one(tx, id).await?.ok_or_else(|| Error::not_found("tag"))?;
    if tag.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT).with("current", &tag));
    }
    if let Some(name) = name {
        tag.name = clean_name("name", name, 40)?;
    }
    tag.color = color.unwrap_or(tag.color);
    tag.version += 1;
    if !store::update(tx, &tag).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tx.emit(&TagUpdated { tag_id: id, name: tag.name.clone(), deleted: false })?;
    Ok(tag)
}

/// Removes a tag everywhere.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn delete(tx: &Tx<'_>, id: TagId) -> Result<()> {
    tx.actor().require(rights::TAG_MANAGE)?;
    let tag = store::one(tx, id).await?.ok_or_else(|| Error::not_found("tag"))?;
    store::delete(tx, id).await?;
    tx.emit(&TagUpdated { tag_id: id, name: tag.name, deleted: true })
}

/// Tags by id. Ids of none are absent.
///
/// # Errors
/// The storage codes.
pub async fn refs(
    tx: &StoreTx<'_>,
    ids: &[TagId],
) -> Result<std::collections::HashMap<TagId, super::TagRef>> {
    store::refs(tx, ids).await
}

/// Fails unless all these tags are there.
///
/// # Errors
/// `validation_failed` naming the first that is unknown; the storage codes.
pub async fn check_known(tx: &StoreTx<'_>, field: &str, ids: &[TagId]) -> Result<()> {
    let known = store::refs(tx, ids).await?;
    match ids.iter().find(|id| !known.contains_key(id)) {
        Some(id) => Err(Error::field(field, TAG_UNKNOWN).with("id", id)),
        None => Ok(()),
    }
}

/// Keeps the counts of uses. In the order of ids, so that transactions do not block each other.
///
/// # Errors
/// The storage codes.
pub async fn count_uses(tx: &Tx<'_>, added: &[TagId], removed: &[TagId]) -> Result<()> {
    let mut steps = std::collections::BTreeMap::<TagId, i64>::new();
    added.iter().for_each(|id| *steps.entry(*id).or_default() += 1);
    removed.iter().for_each(|id| *steps.entry(*id).or_default() -= 1);
    for (id, n) in steps.into_iter().filter(|(_, n)| *n != 0) {
        store::add_uses(tx, id, n).await?;
    }
    Ok(())
}
