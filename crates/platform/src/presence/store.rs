//! Rows of presence.

use heard_kernel::{Result, Timestamp};
use heard_store::{FromRow, Row, Tx, params};

use super::model::{Standing, Status};
use crate::directory::UserId;

impl FromRow for Standing {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            chosen: Status::parse(&row.get::<String>(0)?),
            reason: row.get(1)?,
            status: Status::parse(&row.get::<String>(2)?),
            since: row.get(3)?,
            connected: row.get(4)?,
        })
    }
}

pub(crate) async fn one(tx: &Tx<'_>, user: UserId) -> Result<Option<Standing>> {
    let sql = "SELECT chosen, reason, status, since, connected FROM presence WHERE user_id = $1";
    tx.optional(sql, &params![user]).await
}

/// When a user's account was made.
pub(crate) async fn made_at(tx: &Tx<'_>, user: UserId) -> Result<Option<Timestamp>> {
    tx.scalar("SELECT created_at FROM users WHERE id = $1", &params![user]).await
}

pub(crate) async fn save(tx: &Tx<'_>, user: UserId, standing: &Standing) -> Result<()> {
    let sql = "INSERT INTO presence (user_id, chosen, reason, status, since, connected) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (user_id) DO UPDATE SET chosen = excluded.chosen, reason = excluded.reason, \
               status = excluded.status, since = excluded.since, connected = excluded.connected";
    let values = params![
        user,
        standing.chosen.as_str(),
        standing.reason.as_deref(),
        standing.status.as_str(),
        standing.since,
        standing.connected,
    ];
    tx.later(sql, &values).await
}

/// A user with what is stored about their presence.
pub(crate) struct Listed {
    pub(crate) user_id: UserId,
    pub(crate) standing: Standing,
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let created_at: Timestamp = row.get(1)?;
        let standing = match row.get::<Option<String>>(2)? {
            None => Standing::absent(created_at),
            Some(chosen) => Standing {
                chosen: Status::parse(&chosen),
                reason: row.get(3)?,
                status: Status::parse(&row.get::<String>(4)?),
                since: row.get(5)?,
                connected: row.get(6)?,
            },
        };
        Ok(Self { user_id: row.get(0)?, standing })
    }
}

/// All active users.
pub(crate) async fn all(tx: &Tx<'_>) -> Result<Vec<Listed>> {
    let sql = "SELECT u.id, u.created_at, p.chosen, p.reason, p.status, p.since, p.connected FROM users u \
               LEFT JOIN presence p ON p.user_id = u.id WHERE u.state = 'active' ORDER BY u.name_key, u.id";
    tx.query(sql, &[]).await
}

/// Who seems to be there.
pub(crate) async fn not_offline(tx: &Tx<'_>) -> Result<Vec<UserId>> {
    let sql = "SELECT user_id FROM presence WHERE connected = TRUE OR status <> 'offline'";
    let rows: Vec<(UserId,)> = tx.query(sql, &[]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
