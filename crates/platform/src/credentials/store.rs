//! Rows of passwords, second factors, recovery codes.

use heard_kernel::{Result, Timestamp};
use heard_store::{Engine, FromRow, Row, Tx, params};

use super::recovery;
use crate::directory::UserId;

/// What somebody's sign-in is checked against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credential {
    pub(crate) password_hash: Option<String>,
    pub(crate) totp_secret: Option<Vec<u8>>,
    pub(crate) totp_pending: Option<Vec<u8>>,
}

impl FromRow for Credential {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { password_hash: row.get(0)?, totp_secret: row.get(1)?, totp_pending: row.get(2)? })
    }
}

pub(crate) async fn of_user(tx: &Tx<'_>, user: UserId) -> Result<Credential> {
    let sql = "SELECT password_hash, totp_secret, totp_pending FROM credentials WHERE user_id = $1";
    Ok(tx.optional(sql, &params![user]).await?.unwrap_or_default())
}

/// Whether this is still somebody's password. It stays so until the end of the transaction: whoever changes it meanwhile waits,
/// and finds what this transaction left.
pub(crate) async fn is_password(tx: &Tx<'_>, user: UserId, hash: &str) -> Result<bool> {
    let held = if tx.engine() == Engine::Postgres { " FOR NO KEY UPDATE" } else { "" };
    let sql = format!("SELECT password_hash FROM credentials WHERE user_id = $1{held}");
    Ok(tx.scalar::<String>(&sql, &params![user]).await?.is_some_and(|stored| stored == hash))
}

pub(crate) async fn set_password(tx: &Tx<'_>, user: UserId, hash: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO credentials (user_id, password_hash, totp_last_step, changed_at) VALUES ($1, $2, 0, $3) \
               ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at";
    tx.later(sql, &params![user, hash, now]).await
}

/// Stores a secret that counts only once a code of it was given.
pub(crate) async fn set_pending(tx: &Tx<'_>, user: UserId, sealed: &[u8], now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO credentials (user_id, totp_pending, totp_last_step, changed_at) VALUES ($1, $2, 0, $3) \
               ON CONFLICT (user_id) DO UPDATE SET totp_pending = excluded.totp_pending";
    tx.later(sql, &params![user, sealed, now]).await
}

pub(crate) async fn set_totp(tx: &Tx<'_>, user: UserId, sealed: Option<&[u8]>, step: i64) -> Result<()> {
    let sql =
        "UPDATE credentials SET totp_secret = $1, totp_pending = $2, totp_last_step = $3 WHERE user_id = $4";
    tx.later(sql, &params![sealed, None::<Vec<u8>>, step, user]).await?;
    tx.later("UPDATE users SET totp_enabled = $1 WHERE id = $2", &params![sealed.is_some(), user]).await
}

/// Remembers the step of a code, and tells whether it is later than all before: a code works once.
pub(crate) async fn use_step(tx: &Tx<'_>, user: UserId, step: i64) -> Result<bool> {
    let sql = "UPDATE credentials SET totp_last_step = $1 WHERE user_id = $2 AND totp_last_step < $1";
    Ok(tx.execute(sql, &params![step, user]).await? > 0)
}

pub(crate) async fn replace_codes(tx: &Tx<'_>, user: UserId, codes: &[String]) -> Result<()> {
    tx.later("DELETE FROM recovery_codes WHERE user_id = $1", &params![user]).await?;
    for code in codes {
        let sql = "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)";
        tx.later(sql, &params![user, recovery::digest(user, code)]).await?;
    }
    Ok(())
}

/// Takes a recovery code, and tells whether there was one.
pub(crate) async fn use_code(tx: &Tx<'_>, user: UserId, code: &str) -> Result<bool> {
    let sql = "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2";
    Ok(tx.execute(sql, &params![user, recovery::digest(user, code)]).await? > 0)
}
