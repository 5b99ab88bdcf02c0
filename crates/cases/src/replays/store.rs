//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_store::{Engine, Json, Tx, params};

use super::model::{COLUMNS, PlanReplay, ReplayId, ReplayState};
use crate::{clocks::Replay, plans::PlanVersionId};

/// Adds a replay, without a result.
pub(super) async fn insert(tx: &Tx<'_>, replay: &PlanReplay) -> Result<()> {
    let sql = "INSERT INTO plan_replays (id, plan_version_id, period_from, period_to, type_key, category_key, state, total, \
               done, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = params![
        replay.id,
        replay.version_id,
        replay.wish.from,
        replay.wish.to,
        replay.wish.type_key.as_deref(),
        replay.wish.category_key.as_deref(),
        replay.state,
        replay.total,
        replay.done,
        replay.asked_by,
        replay.asked_at,
    ];
    tx.later(sql, &values).await
}

/// A replay with its result.
pub(super) async fn one(tx: &Tx<'_>, id: ReplayId) -> Result<Option<PlanReplay>> {
    tx.optional(&format!("SELECT {COLUMNS}, result FROM plan_replays WHERE id = $1"), &params![id]).await
}

/// The latest replays of a version, without their results.
pub(super) async fn latest(tx: &Tx<'_>, version: PlanVersionId, limit: usize) -> Result<Vec<PlanReplay>> {
    let sql = format!(
        "SELECT {COLUMNS}, CAST(NULL AS TEXT) FROM plan_replays WHERE plan_version_id = $1 \
         ORDER BY asked_at DESC, id DESC LIMIT $2"
    );
    tx.query(&sql, &params![version, limit]).await
}

/// Replays that are not finished and were asked for since an instant.
pub(super) async fn unfinished_to_change(tx: &Tx<'_>, since: Timestamp) -> Result<Vec<PlanReplay>> {
    let sql = format!(
        "SELECT {COLUMNS}, CAST(NULL AS TEXT) FROM plan_replays WHERE asked_at >= $1 AND finished_at IS NULL \
         ORDER BY asked_at, id"
    );
    if tx.engine() == Engine::Postgres {
        tx.execute("LOCK TABLE plan_replays IN SHARE ROW EXCLUSIVE MODE", &params![]).await?;
    }
    tx.query(&sql, &params![since]).await
}

/// Notes how far it is.
pub(super) async fn progress(tx: &Tx<'_>, id: ReplayId, done: i64) -> Result<()> {
    let sql = "UPDATE plan_replays SET state = $1, done = $2 WHERE id = $3 AND finished_at IS NULL";
    tx.later(sql, &params![ReplayState::Running, done, id]).await
}

/// Notes what came of it.
pub(super) async fn finish(
    tx: &Tx<'_>,
    id: ReplayId,
    done: i64,
    outcome: Result<&Replay, &str>,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE plan_replays SET state = $1, done = $2, result = $3, error = $4, finished_at = $5 WHERE id = $6";
    let state = if outcome.is_ok() { ReplayState::Done } else { ReplayState::Failed };
    let values = params![state, done, outcome.ok().map(Json), outcome.err(), now, id];
    tx.later(sql, &values).await
}

/// Forgets replays from before an instant.
pub(super) async fn forget_before(tx: &Tx<'_>, before: Timestamp) -> Result<()> {
    tx.later("DELETE FROM plan_replays WHERE asked_at < $1", &params![before]).await
}
