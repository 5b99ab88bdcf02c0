//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_store::{Engine, FromRow, Json, Row, Tx, params};

use super::{
    model::Plan,
    records::{
        LINE, Pinned, PlanId, PlanLine, PlanVersion, PlanVersionId, StepDone, VERSION, VersionState,
        VersionStep,
    },
};

/// All plans, the default one first.
pub(super) async fn lines(tx: &Tx<'_>) -> Result<Vec<PlanLine>> {
    tx.query(&format!("SELECT {LINE} FROM plans ORDER BY is_default DESC, created_at, id"), &[]).await
}

pub(super) async fn line(tx: &Tx<'_>, id: PlanId) -> Result<Option<PlanLine>> {
    tx.optional(&format!("SELECT {LINE} FROM plans WHERE id = $1"), &params![id]).await
}

/// The active version of a plan, or of the default one: `None` when there is no such plan.
pub(super) async fn active(tx: &Tx<'_>, plan: Option<PlanId>) -> Result<Option<Option<PlanVersionId>>> {
    match plan {
        Some(id) => tx.scalar("SELECT active_version_id FROM plans WHERE id = $1", &params![id]).await,
        None => tx.scalar("SELECT active_version_id FROM plans WHERE is_default = TRUE", &[]).await,
    }
}

pub(super) async fn any(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.scalar::<i64>("SELECT 1 FROM plans LIMIT 1", &[]).await?.is_some())
}

/// Adds a plan, and tells whether its key was free.
pub(super) async fn insert_line(tx: &Tx<'_>, line: &PlanLine) -> Result<bool> {
    let sql = "INSERT INTO plans (id, key, name, pack, is_default, active_version_id, last_no, created_at, updated_at, \
               version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING";
    let values = params![
        line.id,
        &line.key,
        Json(&line.name),
        &line.pack,
        line.is_default,
        line.active_version_id,
        line.last_no,
        line.created_at,
        line.updated_at,
        line.version,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

/// Writes a plan whose stored version is one below, and tells whether it was.
pub(super) async fn update_line(tx: &Tx<'_>, line: &PlanLine, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE plans SET name = $1, is_default = $2, active_version_id = $3, last_no = $4, updated_at = $5, \
               version = $6 WHERE id = $7 AND version = $8";
    let values = params![
        Json(&line.name),
        line.is_default,
        line.active_version_id,
        line.last_no,
        now,
        line.version,
        line.id,
        line.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

/// Holds all plans until the end of the transaction. SQLite has one writer anyway.
pub(super) async fn hold_lines(tx: &Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.later("SELECT id FROM plans ORDER BY id FOR UPDATE", &[]).await,
    }
}

pub(super) async fn clear_default(tx: &Tx<'_>, but: PlanId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE plans SET is_default = FALSE, updated_at = $1, version = version + 1 \
               WHERE is_default = TRUE AND id <> $2";
    tx.later(sql, &params![now, but]).await
}

/// The versions that cases may follow: those of the default plan first, of each plan the active one, then the newest.
pub(super) async fn settled(tx: &Tx<'_>) -> Result<Vec<PlanVersionId>> {
    let sql = "SELECT v.id FROM plan_versions v JOIN plans p ON p.id = v.plan_id WHERE v.state IN ('active', 'retired') \
               ORDER BY p.is_default DESC, p.created_at, p.id, v.state, v.no DESC";
    Ok(tx.query::<(PlanVersionId,)>(sql, &[]).await?.into_iter().map(|(id,)| id).collect())
}

/// The versions of a plan, the newest first.
pub(super) async fn versions(tx: &Tx<'_>, plan: PlanId) -> Result<Vec<PlanVersion>> {
    let sql = format!("SELECT {VERSION} FROM plan_versions WHERE plan_id = $1 ORDER BY no DESC");
    tx.query(&sql, &params![plan]).await
}

pub(super) async fn version(tx: &Tx<'_>, id: PlanVersionId) -> Result<Option<PlanVersion>> {
    tx.optional(&format!("SELECT {VERSION} FROM plan_versions WHERE id = $1"), &params![id]).await
}

pub(super) async fn content(tx: &Tx<'_>, id: PlanVersionId) -> Result<Option<Plan>> {
    let found = tx.scalar("SELECT content FROM plan_versions WHERE id = $1", &params![id]).await?;
    Ok(found.map(|Json(plan)| plan))
}

/// A version with what it says, and where it stands.
pub(super) async fn pinned(tx: &Tx<'_>, id: PlanVersionId) -> Result<Option<(Pinned, VersionState)>> {
    let sql = "SELECT plan_id, id, no, content, state FROM plan_versions WHERE id = $1";
    Ok(tx.optional::<PinnedRow>(sql, &params![id]).await?.map(|row| (row.pinned, row.state)))
}

struct PinnedRow {
    pinned: Pinned,
    state: VersionState,
}

impl FromRow for PinnedRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let pinned = Pinned {
            plan_id: row.get(0)?,
            version_id: row.get(1)?,
            no: row.get(2)?,
            plan: row.get::<Json<Plan>>(3)?.0,
        };
        Ok(Self { pinned, state: row.get(4)? })
    }
}

pub(super) async fn insert_version(tx: &Tx<'_>, version: &PlanVersion, content: &Plan) -> Result<()> {
    let sql = "INSERT INTO plan_versions (id, plan_id, no, state, based_on_id, note, edited_by, submitted_by, created_at, \
               updated_at, version, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = params![
        version.id,
        version.plan_id,
        version.no,
        version.state,
        version.based_on_id,
        &version.note,
        version.edited_by,
        version.submitted_by,
        version.created_at,
        version.updated_at,
        version.version,
        Json(content),
    ];
    tx.later(sql, &values).await
}

/// Writes a version whose stored counter is one below, and tells whether it was.
pub(super) async fn update_version(tx: &Tx<'_>, version: &PlanVersion, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE plan_versions SET state = $1, note = $2, edited_by = $3, submitted_by = $4, updated_at = $5, \
               version = $6 WHERE id = $7 AND version = $8";
    let values = params![
        version.state,
        &version.note,
        version.edited_by,
        version.submitted_by,
        now,
        version.version,
        version.id,
        version.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(super) async fn set_content(tx: &Tx<'_>, id: PlanVersionId, content: &Plan) -> Result<()> {
    let sql = "UPDATE plan_versions SET content = $1 WHERE id = $2";
    tx.later(sql, &params![Json(content), id]).await
}

/// Removes a version with its history, and tells whether it was still the one that is given.
pub(super) async fn delete_version(tx: &Tx<'_>, version: &PlanVersion) -> Result<bool> {
    let sql = "DELETE FROM plan_versions WHERE id = $1 AND version = $2";
    if tx.execute(sql, &params![version.id, version.version]).await? == 0 {
        return Ok(false);
    }
    tx.later("DELETE FROM plan_steps WHERE plan_version_id = $1", &params![version.id]).await?;
    Ok(true)
}

/// What was done with versions of a plan, oldest first.
pub(super) async fn steps(tx: &Tx<'_>, version: PlanVersionId) -> Result<Vec<VersionStep>> {
    let sql = "SELECT step, user_id, reason, at FROM plan_steps WHERE plan_version_id = $1 ORDER BY position";
    tx.query(sql, &params![version]).await
}

pub(super) async fn add_step(
    tx: &heard_runtime::Tx<'_>,
    version: PlanVersionId,
    step: StepDone,
    reason: &str,
) -> Result<()> {
    let last = tx
        .scalar::<i64>("SELECT count(*) FROM plan_steps WHERE plan_version_id = $1", &params![version])
        .await?;
    let sql = "INSERT INTO plan_steps (plan_version_id, position, step, user_id, reason, at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = params![version, last.unwrap_or(0) + 1, step, user_of(tx), reason, tx.now()];
    tx.later(sql, &values).await
}

/// The acting user; nobody when Heard itself acts.
pub(super) fn user_of(tx: &heard_runtime::Tx<'_>) -> Option<heard_platform::directory::UserId> {
    tx.actor().user_id().ok().map(Into::into)
}
