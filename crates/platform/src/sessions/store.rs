//! Rows of sessions.

use heard_kernel::{Result, Timestamp};
use heard_store::{FromRow, Row, Tx, params};
use uuid::Uuid;

use crate::directory::{UserId, UserState};

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) user_id: UserId,
    pub(crate) address: String,
    pub(crate) user_agent: String,
    pub(crate) remember: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) last_seen_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

const COLUMNS: &str = "id, user_id, address, user_agent, remember, created_at, last_seen_at, expires_at";

impl FromRow for SessionRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            user_id: row.get(1)?,
            address: row.get(2)?,
            user_agent: row.get(3)?,
            remember: row.get(4)?,
            created_at: row.get(5)?,
            last_seen_at: row.get(6)?,
            expires_at: row.get(7)?,
        })
    }
}

pub(crate) async fn insert(tx: &Tx<'_>, session: &SessionRow, digest: &[u8]) -> Result<()> {
    let sql = "INSERT INTO sessions (id, user_id, address, user_agent, remember, created_at, last_seen_at, expires_at, \
               token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = params![
        session.id,
        session.user_id,
        &session.address,
        &session.user_agent,
        session.remember,
        session.created_at,
        session.last_seen_at,
        session.expires_at,
        digest,
    ];
    tx.later(sql, &values).await
}

pub(crate) async fn by_digest(tx: &Tx<'_>, digest: &[u8]) -> Result<Option<SessionRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM sessions WHERE token_hash = $1"), &params![digest]).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: Uuid) -> Result<Option<SessionRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM sessions WHERE id = $1"), &params![id]).await
}

/// The sessions of a user, the newest first.
pub(crate) async fn of_user(tx: &Tx<'_>, user: UserId) -> Result<Vec<SessionRow>> {
    let sql = format!("SELECT {COLUMNS} FROM sessions WHERE user_id = $1 ORDER BY id DESC");
    tx.query(&sql, &params![user]).await
}

pub(crate) async fn touch(tx: &Tx<'_>, id: Uuid, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    let sql = "UPDATE sessions SET last_seen_at = $1, expires_at = $2 WHERE id = $3";
    tx.later(sql, &params![now, expires_at, id]).await
}

/// Removes a session, and tells whether there was one.
pub(crate) async fn delete(tx: &Tx<'_>, id: Uuid) -> Result<bool> {
    Ok(tx.execute("DELETE FROM sessions WHERE id = $1", &params![id]).await? > 0)
}

/// State, second factor of a user: what decides whether a credential of theirs is good.
pub(crate) async fn standing(tx: &Tx<'_>, user: UserId) -> Result<Option<(UserState, bool)>> {
    let sql = "SELECT state, totp_enabled FROM users WHERE id = $1";
    let row: Option<(String, bool)> = tx.optional(sql, &params![user]).await?;
    Ok(row.map(|(state, totp)| (UserState::parse(&state), totp)))
}
