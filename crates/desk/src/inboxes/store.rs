//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_platform::directory::TeamId;
use heard_store::{Json, Tx, params};

use super::model::{COLUMNS, Inbox, InboxId};

pub(crate) async fn get(tx: &Tx<'_>, id: InboxId) -> Result<Option<Inbox>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM inboxes WHERE id = $1"), &params![id]).await
}

pub(crate) async fn by_key(tx: &Tx<'_>, key: &str) -> Result<Option<Inbox>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM inboxes WHERE inbox_key = $1"), &params![key]).await
}

pub(crate) async fn all(tx: &Tx<'_>) -> Result<Vec<Inbox>> {
    tx.query(&format!("SELECT {COLUMNS} FROM inboxes ORDER BY created_at, id"), &[]).await
}

/// Which teams see which inbox.
pub(crate) async fn teams(tx: &Tx<'_>) -> Result<Vec<(InboxId, Json<Vec<TeamId>>)>> {
    tx.query("SELECT id, team_ids FROM inboxes", &[]).await
}

pub(crate) async fn insert(tx: &Tx<'_>, inbox: &Inbox) -> Result<()> {
    let sql = "INSERT INTO inboxes (id, kind, name, inbox_key, state, team_ids, default_team_id, config, identity_secret, \
               created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    let values = params![
        inbox.id,
        inbox.kind,
        &inbox.name,
        &inbox.key,
        inbox.state,
        Json(&inbox.team_ids),
        inbox.default_team_id,
        Json(&inbox.config),
        &inbox.identity_secret,
        inbox.created_at,
        inbox.version,
    ];
    tx.later(sql, &values).await
}

/// Writes an inbox whose stored version is one below, and tells whether it was.
pub(crate) async fn update(tx: &Tx<'_>, inbox: &Inbox, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE inboxes SET name = $1, state = $2, team_ids = $3, default_team_id = $4, config = $5, \
               identity_secret = $6, updated_at = $7, version = $8 WHERE id = $9 AND version = $10";
    let values = params![
        &inbox.name,
        inbox.state,
        Json(&inbox.team_ids),
        inbox.default_team_id,
        Json(&inbox.config),
        &inbox.identity_secret,
        now,
        inbox.version,
        inbox.id,
        inbox.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(crate) async fn delete(tx: &Tx<'_>, id: InboxId) -> Result<()> {
    tx.later("DELETE FROM inboxes WHERE id = $1", &params![id]).await
}
