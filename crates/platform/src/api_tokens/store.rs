//! Rows of API tokens.

use heard_kernel::{Result, Timestamp};
use heard_store::{Direction, FromRow, Json, List, Row, Tx, params};
use uuid::Uuid;

use super::model::TokenRow;
use crate::directory::UserId;

const COLUMNS: &str = "id, user_id, name, prefix, scopes, expires_at, last_used_at, created_at";

impl FromRow for TokenRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            user_id: row.get(1)?,
            name: row.get(2)?,
            prefix: row.get(3)?,
            scopes: row.get::<Json<Vec<String>>>(4)?.0,
            expires_at: row.get(5)?,
            last_used_at: row.get(6)?,
            created_at: row.get(7)?,
        })
    }
}

pub(crate) async fn insert(tx: &Tx<'_>, token: &TokenRow, digest: &[u8]) -> Result<()> {
    let sql = "INSERT INTO api_tokens (id, user_id, name, prefix, scopes, expires_at, created_at, token_hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = params![
        token.id,
        token.user_id,
        &token.name,
        &token.prefix,
        Json(&token.scopes),
        token.expires_at,
        token.created_at,
        digest,
    ];
    tx.later(sql, &values).await
}

/// Tokens of a user or of everybody, the newest first, and one more than a page.
pub(crate) async fn page(
    tx: &Tx<'_>,
    user: Option<UserId>,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<TokenRow>> {
    let after = after.map(|id| params![id]);
    let (sql, values) = List::new(&format!("SELECT {COLUMNS} FROM api_tokens"))
        .filter_some("user_id = ?", user)
        .page(&["id"], Direction::Descending, after.as_ref().map(|key| key.as_slice()), limit);
    tx.query(&sql, &values).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: Uuid) -> Result<Option<TokenRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM api_tokens WHERE id = $1"), &params![id]).await
}

pub(crate) async fn by_digest(tx: &Tx<'_>, digest: &[u8]) -> Result<Option<TokenRow>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM api_tokens WHERE token_hash = $1"), &params![digest]).await
}

pub(crate) async fn used(tx: &Tx<'_>, id: Uuid, now: Timestamp) -> Result<()> {
    tx.later("UPDATE api_tokens SET last_used_at = $1 WHERE id = $2", &params![now, id]).await
}

pub(crate) async fn delete(tx: &Tx<'_>, id: Uuid) -> Result<()> {
    tx.later("DELETE FROM api_tokens WHERE id = $1", &params![id]).await
}
