//! Who reads, takes part, looks; and what was merged.

use std::collections::HashMap;

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::UserId;
use heard_store::{Json, List, Tx, params};
use serde::{Deserialize, Serialize};

use super::super::model::{ConversationId, State};
use crate::tags::TagId;

/// Whether a user takes part.
pub(crate) async fn takes_part(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<bool> {
    let sql = "SELECT user_id FROM conversation_participants WHERE conversation_id = $1 AND user_id = $2";
    Ok(tx.scalar::<UserId>(sql, &params![id, user]).await?.is_some())
}

/// Makes a user take part and tells whether they did not before.
pub(crate) async fn add_participant(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<bool> {
    let sql = "INSERT INTO conversation_participants (conversation_id, user_id) VALUES ($1, $2) \
               ON CONFLICT (conversation_id, user_id) DO NOTHING";
    Ok(tx.execute(sql, &params![id, user]).await? > 0)
}

/// Makes a user take part no more and tells whether they did.
pub(crate) async fn remove_participant(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<bool> {
    let sql = "DELETE FROM conversation_participants WHERE conversation_id = $1 AND user_id = $2";
    Ok(tx.execute(sql, &params![id, user]).await? > 0)
}

/// The participants of conversations.
pub(crate) async fn participants(
    tx: &Tx<'_>,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<UserId>>> {
    let (sql, values) = List::new("SELECT conversation_id, user_id FROM conversation_participants")
        .filter_in("conversation_id", ids.iter().copied())
        .all();
    grouped(tx.query(&sql, &values).await?)
}

/// The tags of conversations.
pub(crate) async fn tags(tx: &Tx<'_>, ids: &[ConversationId]) -> Result<HashMap<ConversationId, Vec<TagId>>> {
    let (sql, values) = List::new("SELECT conversation_id, tag_id FROM conversation_tags")
        .filter_in("conversation_id", ids.iter().copied())
        .all();
    grouped(tx.query(&sql, &values).await?)
}

fn grouped<T>(rows: Vec<(ConversationId, T)>) -> Result<HashMap<ConversationId, Vec<T>>> {
    let mut groups: HashMap<ConversationId, Vec<T>> = HashMap::new();
    for (id, item) in rows {
        groups.entry(id).or_default().push(item);
    }
    Ok(groups)
}

/// Puts a tag on and tells whether it was not there.
pub(crate) async fn add_tag(tx: &Tx<'_>, id: ConversationId, tag: TagId) -> Result<bool> {
    let sql = "INSERT INTO conversation_tags (conversation_id, tag_id) VALUES ($1, $2) \
               ON CONFLICT (conversation_id, tag_id) DO NOTHING";
    Ok(tx.execute(sql, &params![id, tag]).await? > 0)
}

/// Takes a tag off and tells whether it was there.
pub(crate) async fn remove_tag(tx: &Tx<'_>, id: ConversationId, tag: TagId) -> Result<bool> {
    let sql = "DELETE FROM conversation_tags WHERE conversation_id = $1 AND tag_id = $2";
    Ok(tx.execute(sql, &params![id, tag]).await? > 0)
}

/// How far a user has read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Mark {
    /// Up to which message.
    pub(crate) no: i64,
    /// How many of the contact's messages that were.
    pub(crate) contact_count: i64,
}

/// How far a user has read.
pub(crate) async fn mark(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<Mark> {
    let sql = "SELECT no, contact_count FROM conversation_reads WHERE conversation_id = $1 AND user_id = $2";
    let row: Option<(i64, i64)> = tx.optional(sql, &params![id, user]).await?;
    Ok(row.map(|(no, contact_count)| Mark { no, contact_count }).unwrap_or_default())
}

/// Moves a user's mark forward and tells whether it moved; it never goes back.
pub(crate) async fn set_mark(tx: &Tx<'_>, id: ConversationId, user: UserId, mark: Mark) -> Result<bool> {
    let sql = "INSERT INTO conversation_reads (conversation_id, user_id, no, contact_count) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (conversation_id, user_id) DO UPDATE SET no = excluded.no, contact_count = excluded.contact_count \
               WHERE conversation_reads.no < excluded.no";
    Ok(tx.execute(sql, &params![id, user, mark.no, mark.contact_count]).await? > 0)
}

/// Notes that a user looks at a conversation and tells whether it is worth telling: once within a while.
pub(crate) async fn note_view(
    tx: &Tx<'_>,
    id: ConversationId,
    user: UserId,
    now: Timestamp,
    not_after: Timestamp,
) -> Result<bool> {
    let sql = "INSERT INTO conversation_views (conversation_id, user_id, at) VALUES ($1, $2, $3) \
               ON CONFLICT (conversation_id, user_id) DO UPDATE SET at = excluded.at WHERE conversation_views.at <= $4";
    Ok(tx.execute(sql, &params![id, user, now, not_after]).await? > 0)
}

/// When a user was last noted as looking at a conversation.
pub(crate) async fn last_view(tx: &Tx<'_>, id: ConversationId, user: UserId) -> Result<Option<Timestamp>> {
    let sql = "SELECT at FROM conversation_views WHERE conversation_id = $1 AND user_id = $2";
    tx.scalar(sql, &params![id, user]).await
}

/// What an undone merge gives back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// State of the source before.
    pub(crate) state: State,
    /// When the source was to come back.
    pub(crate) snoozed_until: Option<Timestamp>,
    /// When the source was closed.
    pub(crate) closed_at: Option<Timestamp>,
    /// Since when the contact waited in the source.
    pub(crate) waiting_since: Option<Timestamp>,
    /// Since when the contact waited in the target.
    pub(crate) target_waiting_since: Option<Timestamp>,
}

/// Remembers a merge.
pub(crate) async fn add_merge(
    tx: &Tx<'_>,
    source: ConversationId,
    target: ConversationId,
    kept: &Kept,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO conversation_merges (source_id, target_id, kept, at) VALUES ($1, $2, $3, $4)";
    tx.later(sql, &params![source, target, Json(kept), now]).await
}

/// Forgets a merge and gives back what was kept.
pub(crate) async fn take_merge(
    tx: &Tx<'_>,
    source: ConversationId,
) -> Result<Option<(ConversationId, Kept)>> {
    let sql = "DELETE FROM conversation_merges WHERE source_id = $1 RETURNING target_id, kept";
    let row: Option<(ConversationId, Json<Kept>)> = tx.optional(sql, &params![source]).await?;
    Ok(row.map(|(target, kept)| (target, kept.0)))
}
