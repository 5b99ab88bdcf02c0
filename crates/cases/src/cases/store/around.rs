//! Stages, waits, tallies.

use heard_kernel::{Result, Timestamp};
use heard_store::{Tx, params};
use uuid::Uuid;

use super::super::model::{CaseId, StageEnding, StageRun, Tally, Wait, WaitEnding, reason_word};
use super::save::insert_into;
use crate::cases::Stored as _;
use crate::plans::StageKind;

/// A stage begins.
pub(crate) async fn begin_stage(tx: &Tx<'_>, run: &StageRun) -> Result<()> {
    insert_into(tx, "case_stages", run.pairs()).await
}

/// A run of a stage ends.
pub(crate) async fn end_stage(
    tx: &Tx<'_>,
    id: CaseId,
    no: i64,
    now: Timestamp,
    by: Option<Uuid>,
    ending: (StageEnding, Option<&str>),
) -> Result<()> {
    let sql = "UPDATE case_stages SET done_at = $1, done_by = $2, ending = $3, reason = $4 \
               WHERE case_id = $5 AND no = $6 AND done_at IS NULL";
    tx.later(sql, &params![now, by, ending.0, ending.1, id, no]).await
}

/// The runs of the stages of a case, in their order.
pub(crate) async fn stages(tx: &Tx<'_>, id: CaseId) -> Result<Vec<StageRun>> {
    let sql =
        format!("SELECT {} FROM case_stages WHERE case_id = $1 ORDER BY no", StageRun::COLUMNS.join(", "));
    tx.query(&sql, &params![id]).await
}

/// It begins to wait.
pub(crate) async fn begin_wait(tx: &Tx<'_>, wait: &Wait) -> Result<()> {
    let sql = "INSERT INTO case_waits (case_id, no, reason, note, begun_at, begun_by) VALUES ($1, $2, $3, $4, $5, $6)";
    let values =
        params![wait.case_id, wait.no, reason_word(wait.reason), &wait.note, wait.begun_at, wait.begun_by];
    tx.later(sql, &values).await
}

/// It waits no longer.
pub(crate) async fn end_wait(
    tx: &Tx<'_>,
    id: CaseId,
    now: Timestamp,
    by: Option<Uuid>,
    ending: WaitEnding,
) -> Result<()> {
    let sql = "UPDATE case_waits SET ended_at = $1, ended_by = $2, ending = $3 WHERE case_id = $4 AND ended_at IS NULL";
    tx.later(sql, &params![now, by, ending, id]).await
}

/// The times in which a case waited, in their order.
pub(crate) async fn waits(tx: &Tx<'_>, id: CaseId) -> Result<Vec<Wait>> {
    let sql = "SELECT case_id, no, reason, note, begun_at, begun_by, ended_at, ended_by, ending FROM case_waits \
               WHERE case_id = $1 ORDER BY no";
    tx.query(sql, &params![id]).await
}

/// Adds to a tally and gives what it is then. `stage_kind` is given for tallies that go by stage.
pub(crate) async fn tally(
    tx: &Tx<'_>,
    id: CaseId,
    what: Tally,
    stage_kind: Option<StageKind>,
    step: i64,
) -> Result<i64> {
    let sql = "INSERT INTO case_tallies (case_id, what, stage_kind, n) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (case_id, what, stage_kind) DO UPDATE SET n = case_tallies.n + excluded.n RETURNING n";
    let kind = stage_kind.map_or("", StageKind::as_str);
    Ok(tx.scalar::<i64>(sql, &params![id, what, kind, step]).await?.unwrap_or(0))
}

/// The tallies of a case.
pub(crate) async fn tallies(tx: &Tx<'_>, id: CaseId) -> Result<Vec<(Tally, String, i64)>> {
    tx.query("SELECT what, stage_kind, n FROM case_tallies WHERE case_id = $1", &params![id]).await
}
