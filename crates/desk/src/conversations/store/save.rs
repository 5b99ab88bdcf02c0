//! Writing a conversation: only the columns that changed, so that indexes on the others are left alone.

use std::fmt::Write;

use heard_kernel::Result;
use heard_store::{Json, Tx, Value, params};

use super::super::model::{Conversation, LastMessage};

type Pair = (&'static str, Value);

/// The columns that may change, with their values.
fn changed(before: &Conversation, after: &Conversation) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::with_capacity(12);
    macro_rules! compare {
        ($($field:ident),* $(,)?) => {
            $(if before.$field != after.$field {
                pairs.push((stringify!($field), after.$field.clone().into()));
            })*
        };
    }
    compare!(
        contact_id,
        subject,
        state,
        snoozed_until,
        assignee_id,
        team_id,
        priority,
        last_message_no,
        contact_message_count,
        waiting_since,
        contact_read_no,
        contact_delivered_no,
        agent_read_no,
        assignee_unread,
        merged_into,
        page_url,
        locale,
        active_at,
        updated_at,
        closed_at,
        version,
    );
    if before.last != after.last {
        pairs.extend(last_columns(after.last.as_ref()));
    }
    if before.shelf() != after.shelf() {
        pairs.push(("shelf", after.shelf().into()));
    }
    if before.waiting_key() != after.waiting_key() {
        pairs.push(("waiting_key", after.waiting_key().into()));
    }
    if before.custom != after.custom {
        pairs.push(("custom", Json(&after.custom).into()));
    }
    pairs
}

fn last_columns(last: Option<&LastMessage>) -> [Pair; 5] {
    [
        ("last_message_id", last.map(|last| last.id).into()),
        ("last_author", last.map(|last| last.author).into()),
        ("last_preview", last.map(|last| &last.preview).into()),
        ("last_note", last.is_some_and(|last| last.note).into()),
        ("last_at", last.map(|last| last.at).into()),
    ]
}

/// Writes what changed.
pub(crate) async fn save(tx: &Tx<'_>, before: &Conversation, after: &Conversation) -> Result<()> {
    let pairs = changed(before, after);
    if pairs.is_empty() {
        return Ok(());
    }
    let mut sql = String::with_capacity(256);
    sql.push_str("UPDATE conversations SET ");
    let mut values = Vec::with_capacity(pairs.len() + 1);
    for (index, (column, value)) in pairs.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}{column} = ${}", index + 1);
        values.push(value);
    }
    let _ = write!(sql, " WHERE id = ${}", values.len() + 1);
    values.push(after.id.into());
    tx.later(&sql, &values).await
}

/// Writes a new conversation.
pub(crate) async fn insert(tx: &Tx<'_>, c: &Conversation) -> Result<()> {
    let last = c.last.as_ref();
    let values = params![
        c.id,
        c.no,
        c.inbox_id,
        c.contact_id,
        c.subject.as_ref(),
        c.state,
        c.shelf(),
        c.snoozed_until,
        c.assignee_id,
        c.team_id,
        c.priority,
        c.last_message_no,
        c.contact_message_count,
        last.map(|last| last.id),
        last.map(|last| last.author),
        last.map(|last| &last.preview),
        last.is_some_and(|last| last.note),
        last.map(|last| last.at),
        c.waiting_since,
        c.waiting_key(),
        c.contact_read_no,
        c.contact_delivered_no,
        c.agent_read_no,
        c.assignee_unread,
        c.merged_into,
        c.external_ref.as_ref(),
        c.page_url.as_ref(),
        c.locale.as_ref(),
        Json(&c.custom),
        c.active_at,
        c.created_at,
        c.updated_at,
        c.closed_at,
        c.version,
    ];
    tx.later(INSERT, &values).await
}

const INSERT: &str = "INSERT INTO conversations (id, no, inbox_id, contact_id, subject, state, shelf, snoozed_until, \
    assignee_id, team_id, priority, last_message_no, contact_message_count, last_message_id, last_author, last_preview, \
    last_note, last_at, waiting_since, waiting_key, contact_read_no, contact_delivered_no, agent_read_no, \
    assignee_unread, merged_into, external_ref, page_url, locale, custom, active_at, created_at, updated_at, closed_at, \
    version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
    $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34)";
