//! The statements of this slice. They also join the names of inboxes and contacts, so that a conversation or a page of
//! them is one statement.

mod counts;
mod list;
mod people;
mod save;

use std::collections::HashMap;

use heard_kernel::Result;
use heard_store::{Engine, List, Tx, params};

pub(crate) use counts::{add, all_counts, began, counts_of, read_counts, recount};
pub use list::Listed;
pub(crate) use list::{Order, Query, Scope, one_listed, page, pattern};
pub(crate) use people::*;
pub(crate) use save::{insert, save};

use super::model::{AROUND, COLUMNS, ConversationId, Loaded};
use crate::{contacts::ContactId, inboxes::InboxId};

const JOINS: &str =
    "FROM conversations c JOIN inboxes i ON i.id = c.inbox_id JOIN contacts k ON k.id = c.contact_id";

/// A conversation with inbox and contact.
pub(crate) async fn load(tx: &Tx<'_>, id: ConversationId) -> Result<Option<Loaded>> {
    tx.optional(&format!("SELECT {COLUMNS}, {AROUND} {JOINS} WHERE c.id = $1"), &params![id]).await
}

/// The same, held against changes by others until the end of the transaction. SQLite has one writer, so nobody else can
/// change it anyway.
pub(crate) async fn load_to_change(tx: &Tx<'_>, id: ConversationId) -> Result<Option<Loaded>> {
    match tx.engine() {
        Engine::Sqlite => load(tx, id).await,
        Engine::Postgres => {
            let sql = format!("SELECT {COLUMNS}, {AROUND} {JOINS} WHERE c.id = $1 FOR UPDATE OF c");
            tx.optional(&sql, &params![id]).await
        }
    }
}

/// The next number for people.
pub(crate) async fn next_no(tx: &Tx<'_>) -> Result<i64> {
    let sql =
        "UPDATE conversation_numbers SET last_no = last_no + 1 WHERE name = 'conversation' RETURNING last_no";
    Ok(tx.scalar::<i64>(sql, &[]).await?.unwrap_or(1))
}

/// The latest conversation of a contact in an inbox, or the latest that an outside system calls `external_ref`.
pub(crate) async fn latest(
    tx: &Tx<'_>,
    inbox: InboxId,
    contact: ContactId,
    external_ref: Option<&str>,
) -> Result<Option<ConversationId>> {
    match external_ref {
        Some(external_ref) => {
            let sql = "SELECT id FROM conversations WHERE inbox_id = $1 AND external_ref = $2 AND contact_id = $3 \
                       ORDER BY created_at DESC, id DESC LIMIT 1";
            tx.scalar(sql, &params![inbox, external_ref, contact]).await
        }
        None => {
            let sql = "SELECT id FROM conversations WHERE contact_id = $1 AND inbox_id = $2 AND merged_into IS NULL \
                       ORDER BY active_at DESC, id DESC LIMIT 1";
            tx.scalar(sql, &params![contact, inbox]).await
        }
    }
}

/// The conversations of a contact in an inbox that the contact can go back to, newest first. Merged ones are shown as
/// part of their target.
pub(crate) async fn of_contact(
    tx: &Tx<'_>,
    contact: ContactId,
    inbox: InboxId,
    limit: usize,
) -> Result<Vec<Loaded>> {
    let sql = format!(
        "SELECT {COLUMNS}, {AROUND} {JOINS} WHERE c.contact_id = $1 AND c.inbox_id = $2 AND c.merged_into IS NULL \
         ORDER BY c.active_at DESC, c.id DESC LIMIT {limit}"
    );
    tx.query(&sql, &params![contact, inbox]).await
}

/// The conversations that are part of another one, oldest first.
pub(crate) async fn merged_into(tx: &Tx<'_>, target: ConversationId) -> Result<Vec<Loaded>> {
    let sql = format!(
        "SELECT {COLUMNS}, {AROUND} {JOINS} JOIN conversation_merges m ON m.source_id = c.id WHERE m.target_id = $1 \
         ORDER BY c.created_at, c.id"
    );
    tx.query(&sql, &params![target]).await
}

/// Inbox and contact of conversations.
pub(crate) async fn places(
    tx: &Tx<'_>,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, (InboxId, ContactId)>> {
    let (sql, values) = List::new("SELECT id, inbox_id, contact_id FROM conversations")
        .filter_in("id", ids.iter().copied())
        .all();
    let rows: Vec<(ConversationId, InboxId, ContactId)> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().map(|(id, inbox, contact)| (id, (inbox, contact))).collect())
}

/// What outside systems call conversations; those without such a name are left out.
pub async fn external_refs(tx: &Tx<'_>, ids: &[ConversationId]) -> Result<HashMap<ConversationId, String>> {
    let (sql, values) = List::new("SELECT id, external_ref FROM conversations")
        .filter("external_ref IS NOT NULL", &[])
        .filter_in("id", ids.iter().copied())
        .all();
    let rows: Vec<(ConversationId, String)> = tx.query(&sql, &values).await?;
    Ok(rows.into_iter().collect())
}

/// Whether an inbox has conversations.
pub(crate) async fn any_in(tx: &Tx<'_>, inbox: InboxId) -> Result<bool> {
    let sql = "SELECT id FROM conversations WHERE inbox_id = $1 LIMIT 1";
    Ok(tx.scalar::<ConversationId>(sql, &params![inbox]).await?.is_some())
}

/// Gives the conversations of one contact to another.
pub(crate) async fn move_contact(tx: &Tx<'_>, from: ContactId, to: ContactId) -> Result<Vec<ConversationId>> {
    let sql = "UPDATE conversations SET contact_id = $1 WHERE contact_id = $2 RETURNING id";
    let rows: Vec<(ConversationId,)> = tx.query(sql, &params![to, from]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
