//! Rows of invitations and password resets.

use heard_kernel::{Result, Timestamp, fold_key};
use heard_store::{FromRow, Json, Row, Tx, params};
use uuid::Uuid;

use super::model::InvitationRow;
use crate::directory::UserId;

const COLUMNS: &str = "id, email, name, role_ids, team_ids, created_by, created_at, expires_at, mailed";

impl FromRow for InvitationRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            email: row.get(1)?,
            name: row.get(2)?,
            role_ids: row.get::<Json<_>>(3)?.0,
            team_ids: row.get::<Json<_>>(4)?.0,
            created_by: row.get(5)?,
            created_at: row.get(6)?,
            expires_at: row.get(7)?,
            mailed: row.get(8)?,
        })
    }
}

pub(crate) async fn insert(tx: &Tx<'_>, row: &InvitationRow, digest: &[u8]) -> Result<()> {
    let sql = "INSERT INTO invitations (id, email, email_key, name, role_ids, team_ids, created_by, created_at, expires_at, \
               mailed, token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = params![
        row.id,
        &row.email,
        fold_key(&row.email),
        row.name.as_deref(),
        Json(&row.role_ids),
        Json(&row.team_ids),
        row.created_by,
        row.created_at,
        row.expires_at,
        row.mailed,
        digest,
    ];
    tx.later(sql, &values).await
}

pub(crate) async fn all(tx: &Tx<'_>) -> Result<Vec<InvitationRow>> {
    tx.query(&format!("SELECT {COLUMNS} FROM invitations ORDER BY id DESC"), &[]).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: Uuid) -> Result<Option<InvitationRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM invitations WHERE id = $1"), &params![id]).await
}

pub(crate) async fn by_digest(tx: &Tx<'_>, digest: &[u8]) -> Result<Option<InvitationRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM invitations WHERE token_hash = $1"), &params![digest]).await
}

pub(crate) async fn by_email(tx: &Tx<'_>, email: &str) -> Result<Option<InvitationRow>> {
    let sql = format!("SELECT {COLUMNS} FROM invitations WHERE email_key = $1");
    tx.optional(&sql, &params![fold_key(email)]).await
}

pub(crate) async fn by_maker(tx: &Tx<'_>, user: UserId) -> Result<Vec<InvitationRow>> {
    tx.query(&format!("SELECT {COLUMNS} FROM invitations WHERE created_by = $1"), &params![user]).await
}

/// Removes an invitation, and tells whether there was one: it is followed once.
pub(crate) async fn delete(tx: &Tx<'_>, id: Uuid) -> Result<bool> {
    Ok(tx.execute("DELETE FROM invitations WHERE id = $1", &params![id]).await? > 0)
}

/// Stores the one reset of a user; an earlier link is void.
pub(crate) async fn set_reset(tx: &Tx<'_>, user: UserId, digest: &[u8], expires_at: Timestamp) -> Result<()> {
    let sql = "INSERT INTO password_resets (user_id, token_hash, expires_at) VALUES ($1, $2, $3) \
               ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at";
    tx.later(sql, &params![user, digest, expires_at]).await
}

pub(crate) async fn reset_by_digest(tx: &Tx<'_>, digest: &[u8]) -> Result<Option<(UserId, Timestamp)>> {
    tx.optional("SELECT user_id, expires_at FROM password_resets WHERE token_hash = $1", &params![digest])
        .await
}

/// Removes the reset of a user, and tells whether there was one: it is used once.
pub(crate) async fn delete_reset(tx: &Tx<'_>, user: UserId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM password_resets WHERE user_id = $1", &params![user]).await? > 0)
}
