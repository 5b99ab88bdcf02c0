//! Appending to the log and reading it.

use std::fmt::Write;

use heard_kernel::{Actor, Result, Timestamp};
use heard_store::{Engine, List, Tx, Value, params};
use uuid::Uuid;

use crate::event::{COLUMNS, StoredEvent};

/// The advisory lock that makes sequence numbers of PostgreSQL visible in their order ("hrdL"). It is taken right
/// before commit and let go by it, so no transaction can commit a number below one that a reader has seen.
const LOG_LOCK: i64 = 0x6872_644c;

/// The channel on which nodes tell each other that the log has grown, and who wrote.
pub(crate) const CHANNEL: &str = "heard_log";

/// Events per statement: 10 parameters each, well below the limits of both engines.
const PER_STATEMENT: usize = 100;

/// An event that waits for the end of its transaction.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) id: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) version: u16,
    pub(crate) subject_kind: &'static str,
    pub(crate) subject_id: Uuid,
    pub(crate) data: String,
}

pub(crate) async fn append(
    tx: &Tx<'_>,
    actor: &Actor,
    now: Timestamp,
    node: &str,
    events: &[Pending],
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    if tx.engine() == Engine::Postgres {
        // This, the events, and COMMIT travel together, so that the lock is held no longer than the server needs.
        tx.later("SELECT pg_advisory_xact_lock($1)", &params![LOG_LOCK]).await?;
    }
    for chunk in events.chunks(PER_STATEMENT) {
        let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * 6 + 4);
        // What is the same for all events of a transaction is bound once.
        values.extend(params![actor.kind.as_str(), actor.id, actor.address.as_deref(), now]);
        let mut sql = String::from(
            "INSERT INTO events (id, kind, version, subject_kind, subject_id, data, actor_kind, actor_id, address, at) VALUES ",
        );
        for (index, event) in chunk.iter().enumerate() {
            if index > 0 {
                sql.push_str(", ");
            }
            let first = values.len() + 1;
            let _ = write!(
                sql,
                "(${}, ${}, ${}, ${}, ${}, ${}, $1, $2, $3, $4)",
                first,
                first + 1,
                first + 2,
                first + 3,
                first + 4,
                first + 5
            );
            values.extend(params![
                event.id,
                event.kind,
                event.version,
                event.subject_kind,
                event.subject_id,
                &event.data
            ]);
        }
        tx.later(&sql, &values).await?;
    }
    if tx.engine() == Engine::Postgres {
        tx.later("SELECT pg_notify($1, $2)", &params![CHANNEL, node]).await?;
    }
    Ok(())
}

/// Events after a place in the log, oldest first.
pub(crate) async fn after(tx: &Tx<'_>, seq: i64, limit: usize) -> Result<Vec<StoredEvent>> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE seq > $1 ORDER BY seq LIMIT $2");
    tx.query(&sql, &params![seq, limit]).await
}

/// Events about one thing, oldest first.
pub(crate) async fn about(
    tx: &Tx<'_>,
    subject_id: Uuid,
    after: i64,
    limit: usize,
) -> Result<Vec<StoredEvent>> {
    let sql =
        format!("SELECT {COLUMNS} FROM events WHERE subject_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    tx.query(&sql, &params![subject_id, after, limit]).await
}

/// Events about several things, the latest first, without those of some kinds, before a place in the log.
///
/// # Errors
/// The storage codes.
pub async fn events_of(
    tx: &Tx<'_>,
    subjects: &[Uuid],
    without: &[&str],
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<StoredEvent>> {
    let mut list =
        List::new(&format!("SELECT {COLUMNS} FROM events")).filter_in("subject_id", subjects.iter().copied());
    for kind in without {
        list = list.filter("kind <> ?", &params![*kind]);
    }
    let (sql, values) = list.filter_some("seq < ?", before).all();
    tx.query(&format!("{sql} ORDER BY seq DESC LIMIT {limit}"), &values).await
}

/// Events of some kinds about several things, of each in their order.
///
/// # Errors
/// The storage codes.
pub async fn history_of(tx: &Tx<'_>, subjects: &[Uuid], kinds: &[&str]) -> Result<Vec<StoredEvent>> {
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM events"))
        .filter_in("subject_id", subjects.iter().copied())
        .filter_in("kind", kinds.iter().copied())
        .all();
    tx.query(&format!("{sql} ORDER BY subject_id, seq"), &values).await
}

/// One event.
pub(crate) async fn one(tx: &Tx<'_>, seq: i64) -> Result<Option<StoredEvent>> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE seq = $1");
    tx.optional(&sql, &params![seq]).await
}

/// The last place of the log, 0 when it is empty.
pub(crate) async fn end(tx: &Tx<'_>) -> Result<i64> {
    Ok(tx.scalar::<i64>("SELECT coalesce(max(seq), 0) FROM events", &[]).await?.unwrap_or(0))
}
