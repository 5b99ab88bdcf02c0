//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_store::{Tx, params};
use uuid::Uuid;

use super::model::{COLUMNS, CannedId, CannedReply};

/// The replies of everybody, of all teams, and of one user. There are few, so the caller picks from them.
pub(super) async fn usable(tx: &Tx<'_>, user: Uuid) -> Result<Vec<CannedReply>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM canned_replies WHERE scope IN ('all', 'team') OR (scope = 'own' AND owner_id = $1) \
         ORDER BY shortcut, id"
    );
    tx.query(&sql, &params![user]).await
}

pub(super) async fn one(tx: &Tx<'_>, id: CannedId) -> Result<Option<CannedReply>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM canned_replies WHERE id = $1"), &params![id]).await
}

pub(super) async fn insert(tx: &Tx<'_>, reply: &CannedReply, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO canned_replies (id, shortcut, title, body, scope, team_id, owner_id, use_count, pinyin, initials, \
               version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 1, $10, $10)";
    let values = params![
        reply.id,
        &reply.shortcut,
        &reply.title,
        &reply.body,
        reply.scope,
        reply.team_id,
        reply.owner_id,
        &reply.pinyin,
        &reply.initials,
        now,
    ];
    tx.later(sql, &values).await
}

/// Writes a reply whose stored version is one below, and tells whether it was.
pub(super) async fn update(tx: &Tx<'_>, reply: &CannedReply, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE canned_replies SET shortcut = $1, title = $2, body = $3, scope = $4, team_id = $5, pinyin = $6, \
               initials = $7, version = $8, updated_at = $9 WHERE id = $10 AND version = $11";
    let values = params![
        &reply.shortcut,
        &reply.title,
        &reply.body,
        reply.scope,
        reply.team_id,
        &reply.pinyin,
        &reply.initials,
        reply.version,
        now,
        reply.id,
        reply.version - 1,
    ];
    Ok(tx.execute(sql, &values).await? > 0)
}

pub(super) async fn count_use(tx: &Tx<'_>, id: CannedId) -> Result<()> {
    tx.later("UPDATE canned_replies SET use_count = use_count + 1 WHERE id = $1", &params![id]).await
}

pub(super) async fn delete(tx: &Tx<'_>, id: CannedId) -> Result<()> {
    tx.later("DELETE FROM canned_replies WHERE id = $1", &params![id]).await
}
