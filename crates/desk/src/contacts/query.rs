//! Contacts for somebody who wants to see them.

use std::collections::HashMap;

use heard_kernel::{Actor, Cursor, Page, PageRequest, Result};
use heard_store::Tx;

use super::{
    model::{Contact, ContactId, Identity, Track, TrackId},
    rules, service, store,
    store::ContactSort,
};
use crate::{
    rights,
    tags::{self, TagRef},
};

/// A contact with identities and tags.
#[derive(Clone, PartialEq, Debug)]
pub struct Known {
    /// The contact.
    pub contact: Contact,
    /// By what they are recognised.
    pub identities: Vec<Identity>,
    /// Their tags, by name.
    pub tags: Vec<TagRef>,
}

/// One contact.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn one(tx: &Tx<'_>, actor: &Actor, id: ContactId) -> Result<Known> {
    actor.require(rights::CONTACT_READ)?;
    known(tx, id).await
}

/// One contact, without asking who wants to know.
pub(crate) async fn known(tx: &Tx<'_>, id: ContactId) -> Result<Known> {
    let contact = service::get(tx, id).await?;
    Ok(with_context(tx, vec![contact]).await?.remove(0))
}

async fn with_context(tx: &Tx<'_>, contacts: Vec<Contact>) -> Result<Vec<Known>> {
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    let mut identities = store::identities(tx, &ids).await?;
    let pairs = store::tags(tx, &ids).await?;
    let tag_ids: Vec<_> = pairs.iter().map(|(_, tag)| *tag).collect();
    let refs = tags::store::refs(tx, &tag_ids).await?;
    let mut tags: HashMap<ContactId, Vec<TagRef>> = HashMap::new();
    for (contact, tag) in pairs {
        tags.entry(contact).or_default().extend(refs.get(&tag).cloned());
    }
    Ok(contacts
        .into_iter()
        .map(|contact| {
            let mut tags = tags.remove(&contact.id).unwrap_or_default();
            tags.sort_by(|a, b| a.name.cmp(&b.name));
            Known { identities: identities.remove(&contact.id).unwrap_or_default(), tags, contact }
        })
        .collect())
}

/// A page of contacts, all or those with these words.
///
/// # Errors
/// `forbidden`, `cursor_invalid`, `validation_failed`; the storage codes.
pub async fn list(
    tx: &Tx<'_>,
    actor: &Actor,
    words: Option<&str>,
    sort: ContactSort,
    page: &PageRequest,
) -> Result<Page<Known>> {
    actor.require(rights::CONTACT_READ)?;
    rules::check_words("q", words)?;
    let words = words.map(str::trim).filter(|words| !words.is_empty());
    let found = store::page(tx, words, sort, page.after()?.as_ref(), page.limit()).await?;
    let page = Page::from_extra(found, page.limit(), |last| Cursor::encode(&store::place(last, sort)));
    let next_cursor = page.next_cursor;
    Ok(Page { items: with_context(tx, page.items).await?, next_cursor })
}

/// What a contact did on pages, newest first.
///
/// # Errors
/// `forbidden`, `cursor_invalid`; the storage codes.
pub async fn tracks(tx: &Tx<'_>, actor: &Actor, id: ContactId, page: &PageRequest) -> Result<Page<Track>> {
    actor.require(rights::CONTACT_READ)?;
    let after: Option<(i64, TrackId)> = page.after()?;
    let found = store::tracks(tx, id, after, page.limit()).await?;
    Ok(Page::from_extra(found, page.limit(), |last| Cursor::encode(&(last.at.millis(), last.id))))
}
