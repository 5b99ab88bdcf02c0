//! The statements of the seed.

use std::fmt::Write;

use heard_kernel::Result;
use heard_store::{Tx, Value, params};

use super::{Plan, Rows};

const CONTACTS: &str = "contacts (id, name, name_key, search_key, email, phone, note, locale, time_zone, organization, \
     attributes, blocked, last_seen_at, created_at, updated_at, version)";
const CONVERSATIONS: &str = "conversations (id, no, inbox_id, contact_id, subject, state, shelf, snoozed_until, assignee_id, \
     team_id, priority, last_message_no, contact_message_count, last_message_id, last_author, last_preview, last_note, \
     last_at, waiting_since, waiting_key, contact_read_no, contact_delivered_no, agent_read_no, assignee_unread, \
     merged_into, external_ref, page_url, locale, custom, active_at, created_at, updated_at, closed_at, version)";
const MESSAGES: &str = "messages (id, conversation_id, no, kind, public_line, author_kind, author_id, body, attachment_count, \
     quote_id, mentions, client_key, system_line, form, recalled_at, created_at)";

const EVENTS: &str =
    "events (id, kind, version, subject_kind, subject_id, data, actor_kind, actor_id, address, at)";

/// Rows of one statement, below the 32,766 parameters of SQLite.
const ROWS: usize = 500;

pub(super) async fn insert(tx: &Tx<'_>, rows: &Rows) -> Result<()> {
    many(tx, CONTACTS, 16, &rows.contacts).await?;
    many(tx, CONVERSATIONS, 34, &rows.conversations).await?;
    many(tx, MESSAGES, 16, &rows.messages).await?;
    many(tx, EVENTS, 10, &rows.events).await
}

async fn many(tx: &Tx<'_>, target: &str, width: usize, values: &[Value]) -> Result<()> {
    for chunk in values.chunks(width * ROWS) {
        let mut sql = format!("INSERT INTO {target} VALUES ");
        for row in 0..chunk.len() / width {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                let _ = write!(sql, "{}${}", if column == 0 { "" } else { ", " }, row * width + column + 1);
            }
            sql.push(')');
        }
        tx.execute(&sql, chunk).await?;
    }
    Ok(())
}

/// Sets the counters to what commands would have kept.
pub(super) async fn finish(tx: &Tx<'_>, plan: &Plan) -> Result<()> {
    let sql = "UPDATE conversation_numbers SET last_no = $1 WHERE name = 'conversation'";
    tx.execute(sql, &params![plan.conversations]).await?;
    Ok(())
}
