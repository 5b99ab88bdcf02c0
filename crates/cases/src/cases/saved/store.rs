//! The rows of saved views.

use heard_kernel::{Result, Timestamp, fold_key};
use heard_platform::directory::UserId;
use heard_store::{Json, Tx, params};

use super::{CaseViewId, SavedView};

const COLUMNS: &str = "id, owner_id, name, shared, filters, columns, version";

pub(super) async fn of(tx: &Tx<'_>, user: UserId) -> Result<Vec<SavedView>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM case_saved_views WHERE owner_id = $1 OR shared = TRUE ORDER BY name_key, id"
    );
    tx.query(&sql, &params![user]).await
}

pub(super) async fn one(tx: &Tx<'_>, id: CaseViewId) -> Result<Option<SavedView>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM case_saved_views WHERE id = $1"), &params![id]).await
}

pub(super) async fn count(tx: &Tx<'_>, user: UserId) -> Result<usize> {
    let sql = "SELECT count(*) FROM case_saved_views WHERE owner_id = $1";
    Ok(tx.scalar::<usize>(sql, &params![user]).await?.unwrap_or(0))
}

pub(super) async fn insert(tx: &Tx<'_>, view: &SavedView, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO case_saved_views (id, owner_id, name, name_key, shared, filters, columns, created_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = params![
        view.id,
        view.owner_id,
        &view.name,
        fold_key(&view.name),
        view.shared,
        Json(&view.filters),
        Json(&view.columns),
        now,
        view.version,
    ];
    tx.later(sql, &values).await
}

/// Writes a view whose stored version is one below, and tells whether it was.
pub(super) async fn update(tx: &Tx<'_>, view: &SavedView) -> Result<bool> {
    let sql = "UPDATE case_saved_views SET name = $1, name_key = $2, shared = $3, filters = $4, columns = $5, \
               version = $6 WHERE id = $7 AND version = $8";
    let values = params![
        &view.name,
        fold_key(&view.name),
        view.shared,
        Json(&view.filters),
        Json(&view.columns),
        view.version,
        view.id,
        view.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(super) async fn delete(tx: &Tx<'_>, id: CaseViewId) -> Result<()> {
    tx.later("DELETE FROM case_saved_views WHERE id = $1", &params![id]).await
}
