//! What can be done with contacts.

use heard_kernel::{Error, Result, clean_text, codes};
use heard_runtime::Tx;
use heard_store::{Tx as StoreTx, codes::STORAGE_BUSY};
use serde_json::{Map, Value};

use super::{
    events::{ContactAbsorbed, ContactUpdated},
    model::{Claim, Contact, ContactId, IdentityKind, Profile, Track},
    rules, store,
};
use crate::{
    conversations,
    inboxes::InboxId,
    rights,
    tags::{self, TagId},
};

/// A contact, without asking who wants to know.
pub(crate) async fn get(tx: &StoreTx<'_>, id: ContactId) -> Result<Contact> {
    store::get(tx, id).await?.ok_or_else(|| Error::not_found("contact"))
}

fn tell(tx: &Tx<'_>, id: ContactId, fields: Vec<String>) -> Result<()> {
    tx.emit(&ContactUpdated { contact_id: id, fields })
}

/// The contact that somebody is who comes with these identities: the first that is known, or a new one. Identities that
/// are free become theirs, and what is said about them fills empty fields. For channels.
///
/// # Errors
/// `validation_failed`; the storage codes.
pub async fn resolve(tx: &Tx<'_>, claims: Vec<Claim>, profile: Profile) -> Result<Contact> {
    let claims = claims.into_iter().map(rules::clean_claim).collect::<Result<Vec<_>>>()?;
    let profile = rules::clean_profile(profile)?;
    let mut known = None;
    for claim in &claims {
        if let Some(id) = store::by_identity(tx, claim).await? {
            known = Some(id);
            break;
        }
    }
    let contact = match known {
        Some(id) => fill(tx, get(tx, id).await?, profile, false).await?,
        None => add(tx, profile).await?,
    };
    for claim in &claims {
        match known {
            Some(_) => store::add_identity(tx, tx.new_id(), contact.id, claim, tx.now()).await.map(drop)?,
            None => take_identity(tx, contact.id, claim).await?,
        }
    }
    Ok(contact)
}

async fn add(tx: &Tx<'_>, profile: Profile) -> Result<Contact> {
    add_as(tx, tx.new_id(), profile).await
}

async fn add_as(tx: &Tx<'_>, id: ContactId, profile: Profile) -> Result<Contact> {
    let contact = Contact {
        id,
        name: profile.name,
        email: profile.email,
        phone: profile.phone,
        note: String::new(),
        locale: profile.locale,
        time_zone: None,
        organization: None,
        attributes: profile.attributes,
        blocked: false,
        last_seen_at: tx.now(),
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    store::insert(tx, &contact).await?;
    tell(tx, contact.id, vec!["created".to_owned()])?;
    Ok(contact)
}

/// Adds what is said about a contact. Unless it is proved, it only fills what is empty.
async fn fill(tx: &Tx<'_>, contact: Contact, profile: Profile, proved: bool) -> Result<Contact> {
    if filled(&contact, profile.clone(), proved) == contact {
        return Ok(contact);
    }
    // Held only now: what a customer says must not be refused because somebody edits their card just then.
    let before = store::get_to_change(tx, contact.id).await?.ok_or_else(|| Error::not_found("contact"))?;
    let after = filled(&before, profile, proved);
    store_changes(tx, before, after).await
}

fn filled(before: &Contact, profile: Profile, proved: bool) -> Contact {
    let mut after = before.clone();
    let set = |field: &mut Option<String>, value: Option<String>| {
        if value.is_some() && (proved || field.is_none()) {
            *field = value;
        }
    };
    set(&mut after.name, profile.name);
    set(&mut after.email, profile.email);
    set(&mut after.phone, profile.phone);
    set(&mut after.locale, profile.locale);
    for (key, value) in profile.attributes {
        if proved || !after.attributes.contains_key(&key) {
            after.attributes.insert(key, value);
        }
    }
    // Every document fits by itself, but many visits could add up.
    if rules::check_document("attributes", &after.attributes).is_err() {
        after.attributes = before.attributes.clone();
    }
    after
}

/// Writes what changed, with the next version, and tells it.
async fn store_changes(tx: &Tx<'_>, before: Contact, mut after: Contact) -> Result<Contact> {
    let fields = changed(&before, &after);
    if fields.is_empty() {
        return Ok(before);
    }
    after.updated_at = tx.now();
    after.version = before.version + 1;
    if !store::update(tx, &after, before.version).await? {
        return Err(Error::new(codes::VERSION_CONFLICT));
    }
    tell(tx, after.id, fields)?;
    Ok(after)
}

fn changed(before: &Contact, after: &Contact) -> Vec<String> {
    let fields = [
        ("name", before.name != after.name),
        ("email", before.email != after.email),
        ("phone", before.phone != after.phone),
        ("note", before.note != after.note),
        ("locale", before.locale != after.locale),
        ("time_zone", before.time_zone != after.time_zone),
        ("organization", before.organization != after.organization),
        ("attributes", before.attributes != after.attributes),
        ("blocked", before.blocked != after.blocked),
    ];
    fields.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name.to_owned()).collect()
}

/// The host page proved who a visitor is. If that is a contact who is known already, a visitor who is nobody else
/// becomes part of them with all conversations; otherwise the visitor gets the identity. For channels.
///
/// # Errors
/// `not_found`, `validation_failed`; the storage codes.
pub async fn identify(
    tx: &Tx<'_>,
    visitor: ContactId,
    external_id: &str,
    profile: Profile,
) -> Result<Contact> {
    let claim = rules::clean_claim(Claim::new(IdentityKind::External, external_id, true))?;
    let profile = rules::clean_profile(profile)?;
    let current = get(tx, visitor).await?;
    let contact = match store::by_identity(tx, &claim).await? {
        Some(id) if id == visitor => current,
        Some(id) => {
            if store::is_anonymous(tx, visitor).await? {
                absorb(tx, visitor, id).await?;
            }
            get(tx, id).await?
        }
        None if store::is_anonymous(tx, visitor).await? => {
            take_identity(tx, visitor, &claim).await?;
            current
        }
        // The browser was somebody else's before: that person's conversations are not for this one.
        None => {
            let contact = add(tx, Profile::default()).await?;
            take_identity(tx, contact.id, &claim).await?;
            contact
        }
    };
    fill(tx, contact, profile, true).await
}

/// Gives an identity that was free a moment ago to a contact. When another transaction took it meanwhile, this one begins again
/// and finds whose it is.
async fn take_identity(tx: &Tx<'_>, contact: ContactId, claim: &Claim) -> Result<()> {
    let given = store::add_identity(tx, tx.new_id(), contact, claim, tx.now()).await?;
    if given || store::by_identity(tx, claim).await? == Some(contact) {
        Ok(())
    } else {
        Err(Error::new(STORAGE_BUSY))
    }
}

async fn absorb(tx: &Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    conversations::store::move_contact(tx, from, into).await?;
    store::absorb(tx, from, into).await?;
    tx.emit(&ContactAbsorbed { contact_id: into, former_id: from })
}

/// Notes that a contact is there. For channels.
///
/// # Errors
/// The storage codes.
pub async fn touch(tx: &Tx<'_>, id: ContactId) -> Result<()> {
    store::touch(tx, id, tx.now()).await
}

/// What of a contact is to change. An inner `None` empties the field.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Patch {
    /// The name.
    pub name: Option<Option<String>>,
    /// The address.
    pub email: Option<Option<String>>,
    /// The number.
    pub phone: Option<Option<String>>,
    /// What the team should know.
    pub note: Option<String>,
    /// The language.
    pub locale: Option<Option<String>>,
    /// The time zone.
    pub time_zone: Option<Option<String>>,
    /// The company.
    pub organization: Option<Option<String>>,
    /// Free fields; all of them.
    pub attributes: Option<Map<String, Value>>,
    /// Whether messages are refused.
    pub blocked: Option<bool>,
    /// The tags; all of them.
    pub tag_ids: Option<Vec<TagId>>,
}

/// Makes a contact by hand.
///
/// # Errors
/// `forbidden`, `identity_taken`, `validation_failed`; the storage codes.
pub async fn create(tx: &Tx<'_>, patch: Patch) -> Result<Contact> {
    tx.actor().require(rights::CONTACT_MANAGE)?;
    let contact = add(tx, Profile::default()).await?;
    let version = contact.version;
    change(tx, contact, version, patch).await
}

/// Changes a contact.
///
/// # Errors
/// `forbidden`, `not_found`, `version_conflict`, `identity_taken`, `validation_failed`; the storage codes.
pub async fn update(tx: &Tx<'_>, id: ContactId, version: i64, patch: Patch) -> Result<Contact> {
    tx.actor().require(rights::CONTACT_MANAGE)?;
    change(tx, get(tx, id).await?, version, patch).await
}

async fn change(tx: &Tx<'_>, before: Contact, version: i64, patch: Patch) -> Result<Contact> {
    if before.version != version {
        return Err(Error::new(codes::VERSION_CONFLICT).with("version", before.version));
    }
    let mut after = before.clone();
    let Patch { name, email, phone, note, locale, time_zone, organization, attributes, blocked, tag_ids } =
        patch;
    let empty = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if let Some(name) = name {
        after.name = rules::optional_name("name", name, 120)?;
    }
    if let Some(email) = email {
        let given = if empty(&email) { None } else { email };
        after.email = given.map(|email| rules::clean_email("email", &email)).transpose()?;
    }
    if let Some(phone) = phone {
        let given = if empty(&phone) { None } else { phone };
        after.phone = given.map(|phone| rules::clean_phone("phone", &phone)).transpose()?;
    }
    if let Some(note) = note {
        after.note = clean_text("note", &note, rules::MAX_NOTE)?;
    }
    if let Some(locale) = locale {
        after.locale = rules::optional_name("locale", locale, 35)?;
    }
    if let Some(time_zone) = time_zone {
        after.time_zone = rules::optional_time_zone("time_zone", time_zone)?;
    }
    if let Some(organization) = organization {
        after.organization = rules::optional_name("organization", organization, 120)?;
    }
    if let Some(attributes) = attributes {
        rules::check_document("attributes", &attributes)?;
        after.attributes = attributes;
    }
    after.blocked = blocked.unwrap_or(after.blocked);
    move_identity(tx, after.id, IdentityKind::Email, &before.email, &after.email).await?;
    move_identity(tx, after.id, IdentityKind::Phone, &before.phone, &after.phone).await?;
    let tagged = match tag_ids {
        Some(wanted) => set_tags(tx, after.id, &wanted).await?,
        None => false,
    };
    let after = store_changes(tx, before.clone(), after).await?;
    if tagged && after == before {
        tell(tx, after.id, vec!["tags".to_owned()])?;
    }
    Ok(after)
}

/// Lets the identity follow the field.
async fn move_identity(
    tx: &Tx<'_>,
    contact: ContactId,
    kind: IdentityKind,
    before: &Option<String>,
    after: &Option<String>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    if let Some(value) = before {
        store::remove_identity(tx, contact, &Claim::new(kind, value, false)).await?;
    }
    let Some(value) = after else { return Ok(()) };
    let claim = Claim::new(kind, value, false);
    if store::add_identity(tx, tx.new_id(), contact, &claim, tx.now()).await? {
        return Ok(());
    }
    let owner = store::by_identity(tx, &claim).await?;
    if owner == Some(contact) {
        return Ok(());
    }
    Err(Error::new(rules::IDENTITY_TAKEN).with("contact_id", owner).with("field", kind.as_str()))
}

async fn set_tags(tx: &Tx<'_>, contact: ContactId, wanted: &[TagId]) -> Result<bool> {
    tags::check_known(tx, "tag_ids", wanted).await?;
    let present: Vec<TagId> = store::tags(tx, &[contact]).await?.into_iter().map(|(_, tag)| tag).collect();
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for tag in wanted {
        if store::add_tag(tx, contact, *tag).await? {
            added.push(*tag);
        }
    }
    for tag in present.iter().filter(|tag| !wanted.contains(tag)) {
        if store::remove_tag(tx, contact, *tag).await? {
            removed.push(*tag);
        }
    }
    tags::count_uses(tx, &added, &removed).await?;
    Ok(!added.is_empty() || !removed.is_empty())
}

/// Notes something that a contact did on a page. For channels.
///
/// # Errors
/// `validation_failed`; the storage codes.
pub async fn track(
    tx: &Tx<'_>,
    contact: ContactId,
    name: &str,
    properties: Map<String, Value>,
    page_url: Option<String>,
) -> Result<()> {
    rules::check_document("properties", &properties)?;
    let name = heard_kernel::clean_name("name", name, 100)?;
    let page_url = rules::clean_page_url(page_url)?;
    let track = Track { id: tx.new_id(), name, properties, page_url, at: tx.now() };
    store::add_track(tx, contact, &track).await
}

/// Holds a contact until the end of the transaction.
pub(crate) async fn hold(tx: &Tx<'_>, id: ContactId) -> Result<()> {
    store::get_to_change(tx, id).await.map(drop)
}

/// A contact, if there is one. For channels.
///
/// # Errors
/// The storage codes.
pub async fn find(tx: &StoreTx<'_>, id: ContactId) -> Result<Option<Contact>> {
    store::get(tx, id).await
}

/// The names of contacts by id; nothing for those whose name is not known. Ids of nobody are absent.
///
/// # Errors
/// The storage codes.
pub async fn names(
    tx: &StoreTx<'_>,
    ids: &[ContactId],
) -> Result<std::collections::HashMap<ContactId, Option<String>>> {
    store::names(tx, ids).await
}

/// What contacts are called where nobody may be left without a name: by name or, failing that, by an address, a number or what
/// another system calls them. Visitors of whom nothing is known are called nothing. Ids of nobody are absent.
///
/// # Errors
/// The storage codes.
pub async fn labels(
    tx: &StoreTx<'_>,
    ids: &[ContactId],
) -> Result<std::collections::HashMap<ContactId, Option<String>>> {
    let mut names = store::names(tx, ids).await?;
    let nameless: Vec<ContactId> =
        names.iter().filter(|(_, name)| name.is_none()).map(|(id, _)| *id).collect();
    names.extend(known_as(tx, nameless).await?.into_iter().map(|(id, label)| (id, Some(label))));
    Ok(names)
}

/// What contacts without a name are called: an address, a number or what another system calls them. Absent are visitors of
/// whom nothing is known.
///
/// # Errors
/// The storage codes.
pub(crate) async fn known_as(
    tx: &StoreTx<'_>,
    mut nameless: Vec<ContactId>,
) -> Result<std::collections::HashMap<ContactId, String>> {
    nameless.sort_unstable();
    nameless.dedup();
    if nameless.is_empty() {
        return Ok(std::collections::HashMap::new());
    }
    let identities = store::identities(tx, &nameless).await?;
    Ok(identities.into_iter().filter_map(|(id, known)| Some((id, rules::label(&known)?))).collect())
}

/// A visitor who holds a signed id says something for the first time, or again: the contact of that id, made when it is
/// new. What the visitor says about themselves fills empty fields. For channels.
///
/// # Errors
/// `validation_failed`; the storage codes.
pub async fn arrive(tx: &Tx<'_>, id: ContactId, inbox: InboxId, profile: Profile) -> Result<Contact> {
    let profile = rules::clean_profile(profile)?;
    if let Some(contact) = store::get(tx, id).await? {
        return fill(tx, contact, profile, false).await;
    }
    let contact = add_as(tx, id, profile).await?;
    let claim = Claim::in_inbox(IdentityKind::Visitor, id.to_string(), inbox);
    store::add_identity(tx, tx.new_id(), id, &claim, tx.now()).await?;
    Ok(contact)
}
