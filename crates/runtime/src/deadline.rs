//! Deadlines: one row per kind and subject, fired by a ticker that sleeps until the earliest.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use heard_kernel::{Actor, Error, Result, Timestamp};
use heard_store::{FromRow, Row, Tx as StoreTx, params};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::{Ctx, LocalFuture, Tx, job};

/// A deadline that has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Kind, as `conversation.snooze`.
    pub kind: String,
    /// What it is about.
    pub subject_id: Uuid,
    /// When it was due; in the past by the time a process was down.
    pub due_at: Timestamp,
    /// What was stored with it.
    pub data: Value,
}

impl Deadline {
    /// What was stored with it, as `T`.
    ///
    /// # Errors
    /// `internal` when it does not fit.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.data.clone()).map_err(Error::internal)
    }
}

impl FromRow for Deadline {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { kind: row.get(0)?, subject_id: row.get(1)?, due_at: row.get(2)?, data: row.get(3)? })
    }
}

/// What to do when a deadline of a kind has come.
pub trait DeadlineHandler: Send + Sync + 'static {
    /// The kind that it handles.
    fn kind(&self) -> &'static str;
    /// Acts. The deadline is gone in the same transaction; setting it again makes it come again.
    fn fire<'a>(&'a self, tx: &'a Tx<'a>, deadline: &'a Deadline) -> LocalFuture<'a, ()>;
    /// Acts on several in the order in which they were due, in one transaction. For a handler that has less to do when it
    /// sees them together; one that clears or moves others of them has to leave those out.
    fn fire_all<'a>(&'a self, tx: &'a Tx<'a>, deadlines: &'a [&'a Deadline]) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            for deadline in deadlines {
                if !tx.has_set_deadline(&deadline.kind, deadline.subject_id) {
                    self.fire(tx, deadline).await?;
                }
            }
            Ok(())
        })
    }
}

/// What a transaction makes of deadlines: of each kind and subject when it is due and what is stored with it, or nothing.
pub(crate) type Changes = BTreeMap<(&'static str, Uuid), Option<(Timestamp, String)>>;

/// Writes them, in the order of their keys, so that two transactions do not wait for each other.
pub(crate) async fn write(tx: &StoreTx<'_>, changes: &Changes) -> Result<()> {
    let mut rows = Vec::new();
    for ((kind, subject), standing) in changes {
        match standing {
            Some((due_at, data)) => rows.push(params![*kind, *subject, *due_at, data].to_vec()),
            None => {
                let sql = "DELETE FROM deadlines WHERE kind = $1 AND subject_id = $2";
                tx.later(sql, &params![*kind, *subject]).await?;
            }
        }
    }
    tx.later_rows(
        "INSERT INTO deadlines (kind, subject_id, due_at, data)",
        &rows,
        "ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at, data = excluded.data",
    )
    .await
}

/// When the earliest deadline is due.
pub(crate) async fn earliest(ctx: &Ctx) -> Result<Option<Timestamp>> {
    ctx.read(async |tx| {
        Ok(tx.scalar::<Option<Timestamp>>("SELECT min(due_at) FROM deadlines", &[]).await?.flatten())
    })
    .await
}

async fn due(ctx: &Ctx, now: Timestamp, limit: usize) -> Result<Vec<Deadline>> {
    ctx.read(async move |tx| {
        tx.query(
            "SELECT kind, subject_id, due_at, data FROM deadlines WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
            &params![now, limit],
        )
        .await
    })
    .await
}

/// Deadlines that are fired in one transaction.
const GROUP: usize = 100;

/// Fires what is due and tells how many were. A group that fails is tried one by one, and one that fails alone
/// becomes a dead job, so that it neither stops the others nor is forgotten.
pub(crate) async fn fire_due(ctx: &Ctx, handlers: &[std::sync::Arc<dyn DeadlineHandler>]) -> Result<usize> {
    let deadlines = due(ctx, ctx.now(), GROUP).await?;
    let count = deadlines.len();
    if count == 0 || fire(ctx, handlers, &deadlines).await.is_ok() {
        return Ok(count);
    }
    for deadline in deadlines {
        if let Err(error) = fire(ctx, handlers, std::slice::from_ref(&deadline)).await {
            tracing::error!(kind = deadline.kind, subject = %deadline.subject_id, %error, "a deadline failed");
            bury(ctx, deadline, &error).await?;
        }
    }
    Ok(count)
}

async fn fire(
    ctx: &Ctx,
    handlers: &[std::sync::Arc<dyn DeadlineHandler>],
    deadlines: &[Deadline],
) -> Result<()> {
    let (handlers, deadlines) = (handlers.to_vec(), deadlines.to_vec());
    ctx.tx(&Actor::system(), async move |tx| {
        let taken = try_join_all(deadlines.iter().map(|deadline| take(tx, deadline))).await?;
        let taken: Vec<&Deadline> =
            deadlines.iter().zip(taken).filter(|(_, taken)| *taken).map(|(deadline, _)| deadline).collect();
        for same in taken.chunk_by(|one, next| one.kind == next.kind) {
            let kind = &same[0].kind;
            let handler = handlers.iter().find(|handler| handler.kind() == kind);
            let handler =
                handler.ok_or_else(|| Error::internal(format!("nobody handles deadlines of kind {kind}")))?;
            // Those that an earlier one of the group cleared or moved do not fire now.
            let same: Vec<&Deadline> = same
                .iter()
                .copied()
                .filter(|deadline| !tx.has_set_deadline(&deadline.kind, deadline.subject_id))
                .collect();
            handler.fire_all(tx, &same).await?;
        }
        Ok(())
    })
    .await
}

/// Takes a deadline out of the table and tells whether it was still there: it may have been moved, cleared, or fired by
/// another node.
async fn take(tx: &Tx<'_>, deadline: &Deadline) -> Result<bool> {
    let sql = "DELETE FROM deadlines WHERE kind = $1 AND subject_id = $2 AND due_at = $3";
    Ok(tx.execute(sql, &params![&deadline.kind, deadline.subject_id, deadline.due_at]).await? > 0)
}

/// A deadline whose handler fails is kept as a dead job that a person can retry: it becomes due again then.
async fn bury(ctx: &Ctx, deadline: Deadline, error: &Error) -> Result<()> {
    let text = error.to_string();
    ctx.tx(&Actor::system(), async move |tx| {
        if take(tx, &deadline).await? {
            let job = job::FailedDeadline {
                kind: deadline.kind.clone(),
                subject_id: deadline.subject_id,
                due_at: deadline.due_at,
                data: deadline.data.clone(),
            };
            job::enqueue_dead(tx, &job, &text).await?;
        }
        Ok(())
    })
    .await
}
