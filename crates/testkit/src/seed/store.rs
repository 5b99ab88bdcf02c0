//! The statements of the seed.

use std::fmt::Write;

use heard_kernel::Result;
use heard_store::{Tx, Value, params};
use uuid::Uuid;

use super::{Plan, Rows, cases::CaseRows};

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

const CASES: &str = "cases (id, no, type_key, title, state, shelf, stage_key, stage_kind, stage_no, stage_since, \
     plan_version_id, category_key, severity_key, urgency_key, difficulty_key, priority, priority_rank, source, received_at, \
     recorded_at, contact_id, owner_id, team_id, department_key, next_due_at, due_key, clock_state, waiting_since, group_id, \
     parent_id, merged_into, decision, solvable_at_once, demand, cause_key, upheld, outcome, satisfaction, reopened_count, \
     reopened_at, external_ref, created_by, updated_at, archived_at, version, search_key, complainant, custom, record)";
const STAGES: &str =
    "case_stages (case_id, no, stage_key, stage_kind, begun_at, done_at, done_by, ending, reason)";
const CLOCKS: &str = "clocks (id, subject_kind, subject_id, case_id, owner_id, key, name, terms, calendar, state, verdict, \
     is_open, is_paused, started_at, due_at, breached_at, stopped_at, check_at, history, version)";
const DEADLINES: &str = "deadlines (kind, subject_id, due_at, data)";

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

pub(super) async fn insert_cases(tx: &Tx<'_>, rows: &CaseRows) -> Result<()> {
    many(tx, CASES, 49, &rows.cases).await?;
    many(tx, STAGES, 9, &rows.stages).await?;
    many(tx, CLOCKS, 20, &rows.clocks).await?;
    many(tx, DEADLINES, 4, &rows.deadlines).await
}

/// Adds to the kept sizes of views.
pub(super) async fn finish_cases(tx: &Tx<'_>, counts: &[(&'static str, Uuid, u64)]) -> Result<()> {
    for (view, owner, n) in counts {
        let sql = "INSERT INTO case_view_counts (view_name, owner_id, n) VALUES ($1, $2, $3) \
                   ON CONFLICT (view_name, owner_id) DO UPDATE SET n = case_view_counts.n + excluded.n";
        tx.execute(sql, &params![*view, *owner, *n]).await?;
    }
    Ok(())
}
