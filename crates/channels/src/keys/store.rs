//! The statements of this slice.

use heard_kernel::{Result, Timestamp};
use heard_store::{Tx, params};

pub(super) async fn get(tx: &Tx<'_>, name: &str) -> Result<Option<Vec<u8>>> {
    tx.scalar("SELECT secret FROM channel_keys WHERE name = $1", &params![name]).await
}

/// Stores a key unless there is one.
pub(super) async fn insert(tx: &Tx<'_>, name: &str, secret: &[u8], now: Timestamp) -> Result<()> {
    tx.later(
        "INSERT INTO channel_keys (name, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
        &params![name, secret, now],
    )
    .await
}
