//! The statements of this slice.

use std::collections::HashMap;

use heard_kernel::{Result, Timestamp, fold_key};
use heard_platform::directory::sort_key;
use heard_store::{Direction, Engine, Json, List, Tx, Value, params};

use super::{
    model::{COLUMNS, Claim, Contact, ContactId, Identity, IdentityId, Track},
    rules::{scope, value_key},
};
use crate::tags::TagId;

pub(crate) async fn get(tx: &Tx<'_>, id: ContactId) -> Result<Option<Contact>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM contacts WHERE id = $1"), &params![id]).await
}

/// The same, held against changes by others until the end of the transaction. SQLite has one writer, so nobody else can
/// change it anyway.
pub(crate) async fn get_to_change(tx: &Tx<'_>, id: ContactId) -> Result<Option<Contact>> {
    match tx.engine() {
        Engine::Sqlite => get(tx, id).await,
        Engine::Postgres => {
            // Conversations that begin meanwhile refer to the row and need not wait.
            let sql = format!("SELECT {COLUMNS} FROM contacts WHERE id = $1 FOR NO KEY UPDATE");
            tx.optional(&sql, &params![id]).await
        }
    }
}

/// What a search looks into.
fn search_key(contact: &Contact) -> String {
    let parts = [&contact.name, &contact.email, &contact.phone, &contact.organization];
    let texts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let end = format!("{:04x}", contact.id.0.as_u128() & 0xFFFF);
    fold_key(&format!("{} {end}", texts.join(" ")))
}

/// Names sort by pinyin; visitors without one come after all names.
fn name_key(contact: &Contact) -> String {
    match &contact.name {
        Some(name) => sort_key(name),
        None => "\u{10FFFF}".to_owned(),
    }
}

pub(crate) async fn insert(tx: &Tx<'_>, c: &Contact) -> Result<()> {
    let sql = "INSERT INTO contacts (id, name, name_key, search_key, email, phone, note, locale, time_zone, organization, \
               attributes, blocked, last_seen_at, created_at, updated_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    let values = params![
        c.id,
        c.name.as_ref(),
        name_key(c),
        search_key(c),
        c.email.as_ref(),
        c.phone.as_ref(),
        &c.note,
        c.locale.as_ref(),
        c.time_zone.as_ref(),
        c.organization.as_ref(),
        Json(&c.attributes),
        c.blocked,
        c.last_seen_at,
        c.created_at,
        c.updated_at,
        c.version,
    ];
    tx.later(sql, &values).await
}

/// Writes everything but when they were last there. `former_version` is the version that must be stored.
pub(crate) async fn update(tx: &Tx<'_>, c: &Contact, former_version: i64) -> Result<bool> {
    let sql = "UPDATE contacts SET name = $1, name_key = $2, search_key = $3, email = $4, phone = $5, note = $6, locale = $7, \
               time_zone = $8, organization = $9, attributes = $10, blocked = $11, updated_at = $12, version = $13 \
               WHERE id = $14 AND version = $15";
    let values = params![
        c.name.as_ref(),
        name_key(c),
        search_key(c),
        c.email.as_ref(),
        c.phone.as_ref(),
        &c.note,
        c.locale.as_ref(),
        c.time_zone.as_ref(),
        c.organization.as_ref(),
        Json(&c.attributes),
        c.blocked,
        c.updated_at,
        c.version,
        c.id,
        former_version,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn touch(tx: &Tx<'_>, id: ContactId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contacts SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $1";
    tx.later(sql, &params![now, id]).await
}

/// The contact that an identity stands for.
pub(crate) async fn by_identity(tx: &Tx<'_>, claim: &Claim) -> Result<Option<ContactId>> {
    let sql = "SELECT contact_id FROM contact_identities WHERE kind = $1 AND value_key = $2 AND scope = $3";
    tx.scalar(sql, &params![claim.kind, value_key(claim.kind, &claim.value), scope(claim)]).await
}

/// Gives an identity to a contact and tells whether it was free. A proof that comes later is kept.
pub(crate) async fn add_identity(
    tx: &Tx<'_>,
    id: IdentityId,
    contact: ContactId,
    claim: &Claim,
    now: Timestamp,
) -> Result<bool> {
    let sql = "INSERT INTO contact_identities (id, contact_id, kind, value, value_key, scope, inbox_id, verified, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (kind, value_key, scope) DO UPDATE SET \
               verified = excluded.verified WHERE contact_identities.contact_id = excluded.contact_id \
               AND excluded.verified = TRUE";
    let values = params![
        id,
        contact,
        claim.kind,
        &claim.value,
        value_key(claim.kind, &claim.value),
        scope(claim),
        claim.inbox_id.filter(|_| claim.kind.is_scoped()),
        claim.verified,
        now,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn remove_identity(tx: &Tx<'_>, contact: ContactId, claim: &Claim) -> Result<()> {
    let sql = "DELETE FROM contact_identities WHERE contact_id = $1 AND kind = $2 AND value_key = $3 AND scope = $4";
    let values = params![contact, claim.kind, value_key(claim.kind, &claim.value), scope(claim)];
    tx.later(sql, &values).await
}

/// The identities of contacts, oldest first.
pub(crate) async fn identities(tx: &Tx<'_>, ids: &[ContactId]) -> Result<HashMap<ContactId, Vec<Identity>>> {
    let mut found: HashMap<ContactId, Vec<Identity>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let (sql, values) =
        List::new("SELECT id, kind, value, verified, inbox_id, contact_id FROM contact_identities")
            .filter_in("contact_id", ids.iter().copied())
            .all();
    let mut rows = Vec::new();
    tx.each(&format!("{sql} ORDER BY created_at, id"), &values, |row| {
        rows.push((row.get::<ContactId>(5)?, <Identity as heard_store::FromRow>::from_row(row)?));
        Ok(())
    })
    .await?;
    for (contact, identity) in rows {
        found.entry(contact).or_default().push(identity);
    }
    Ok(found)
}

/// The tags of contacts.
pub(crate) async fn tags(tx: &Tx<'_>, ids: &[ContactId]) -> Result<Vec<(ContactId, TagId)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (sql, values) = List::new("SELECT contact_id, tag_id FROM contact_tags")
        .filter_in("contact_id", ids.iter().copied())
        .all();
    tx.query(&sql, &values).await
}

pub(crate) async fn add_tag(tx: &Tx<'_>, contact: ContactId, tag: TagId) -> Result<bool> {
    let sql = "INSERT INTO contact_tags (contact_id, tag_id) VALUES ($1, $2) ON CONFLICT (contact_id, tag_id) DO NOTHING";
    Ok(tx.execute(sql, &params![contact, tag]).await? > 0)
}

pub(crate) async fn remove_tag(tx: &Tx<'_>, contact: ContactId, tag: TagId) -> Result<bool> {
    let sql = "DELETE FROM contact_tags WHERE contact_id = $1 AND tag_id = $2";
    Ok(tx.execute(sql, &params![contact, tag]).await? > 0)
}

/// How a list of contacts is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactSort {
    /// By name.
    Name,
    /// Who was there last comes first.
    #[default]
    LastSeen,
    /// Who came first last.
    Created,
}

/// A place in a list of contacts.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Place {
    pub(crate) text: String,
    pub(crate) number: i64,
    pub(crate) id: ContactId,
}

/// The place of a contact in a list.
pub(crate) fn place(contact: &Contact, sort: ContactSort) -> Place {
    let number = match sort {
        ContactSort::Name => 0,
        ContactSort::LastSeen => contact.last_seen_at.millis(),
        ContactSort::Created => contact.created_at.millis(),
    };
    let text = if sort == ContactSort::Name { name_key(contact) } else { String::new() };
    Place { text, number, id: contact.id }
}

/// A page of contacts; one more than the limit when there is a next one.
pub(crate) async fn page(
    tx: &Tx<'_>,
    words: Option<&str>,
    sort: ContactSort,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Contact>> {
    let mut list = List::new(&format!("SELECT {COLUMNS} FROM contacts"));
    if let Some(words) = words {
        let pattern = crate::conversations::store::pattern(words);
        list = list.filter("search_key LIKE ? ESCAPE '\\'", &[pattern.into()]);
    }
    let (column, direction) = match sort {
        ContactSort::Name => ("name_key", Direction::Ascending),
        ContactSort::LastSeen => ("last_seen_at", Direction::Descending),
        ContactSort::Created => ("created_at", Direction::Descending),
    };
    let key = after.map(|place| {
        let first = if sort == ContactSort::Name { Value::from(&place.text) } else { place.number.into() };
        [first, place.id.into()]
    });
    let (sql, values) = list.page(&[column, "id"], direction, key.as_ref().map(|key| &key[..]), limit);
    tx.query(&sql, &values).await
}

pub(crate) async fn add_track(tx: &Tx<'_>, contact: ContactId, track: &Track) -> Result<()> {
    let sql = "INSERT INTO contact_tracks (id, contact_id, name, properties, page_url, at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values =
        params![track.id, contact, &track.name, Json(&track.properties), track.page_url.as_ref(), track.at];
    tx.later(sql, &values).await
}

/// What a contact did, newest first; one more than the limit when there is a next page.
pub(crate) async fn tracks(
    tx: &Tx<'_>,
    contact: ContactId,
    after: Option<(i64, super::TrackId)>,
    limit: usize,
) -> Result<Vec<Track>> {
    let key = after.map(|(at, id)| [Value::from(at), id.into()]);
    let (sql, values) = List::new("SELECT id, name, properties, page_url, at FROM contact_tracks")
        .filter("contact_id = ?", &[contact.into()])
        .page(&["at", "id"], Direction::Descending, key.as_ref().map(|key| &key[..]), limit);
    tx.query(&sql, &values).await
}

/// Whether a contact is known by nothing but browser tokens.
pub(crate) async fn is_anonymous(tx: &Tx<'_>, id: ContactId) -> Result<bool> {
    let sql = "SELECT id FROM contact_identities WHERE contact_id = $1 AND kind <> 'visitor' LIMIT 1";
    Ok(tx.scalar::<IdentityId>(sql, &params![id]).await?.is_none())
}

/// Gives everything of one contact but its conversations to another and removes it.
pub(crate) async fn absorb(tx: &Tx<'_>, from: ContactId, into: ContactId) -> Result<()> {
    for table in ["contact_identities", "contact_tracks"] {
        tx.later(&format!("UPDATE {table} SET contact_id = $1 WHERE contact_id = $2"), &params![into, from])
            .await?;
    }
    let sql = "INSERT INTO contact_tags (contact_id, tag_id) SELECT CAST($1 AS UUID), tag_id FROM contact_tags \
               WHERE contact_id = $2 AND tag_id NOT IN (SELECT tag_id FROM contact_tags WHERE contact_id = $1)";
    if tx.engine() == Engine::Postgres {
        tx.later(sql, &params![into, from]).await?;
    } else {
        // SQLite has no type UUID to cast to; a cast would change the bytes.
        tx.execute(&sql.replace("CAST($1 AS UUID)", "$1"), &params![into, from]).await?;
    }
    tx.later("DELETE FROM contact_tags WHERE contact_id = $1", &params![from]).await?;
    tx.later("DELETE FROM contacts WHERE id = $1", &params![from]).await
}

/// The names of contacts, those of no name too. Ids of nobody are absent.
pub(crate) async fn names(tx: &Tx<'_>, ids: &[ContactId]) -> Result<HashMap<ContactId, Option<String>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (sql, values) = List::new("SELECT id, name FROM contacts").filter_in("id", ids.iter().copied()).all();
    Ok(tx.query::<(ContactId, Option<String>)>(&sql, &values).await?.into_iter().collect())
}
