//! The statements of this slice: it reads the log, which is every slice's to read.

use heard_kernel::Result;
use heard_store::{Tx, params};

/// Places of public messages in the log after `seq`, up to `limit` of them, by kind alone: whether they are of the inbox
/// is seen from their data.
pub(super) async fn posted_after(
    tx: &Tx<'_>,
    seq: i64,
    limit: usize,
) -> Result<Vec<(i64, serde_json::Value)>> {
    tx.query(
        "SELECT seq, data FROM events WHERE seq > $1 AND kind = 'message.posted' ORDER BY seq LIMIT $2",
        &params![seq, limit],
    )
    .await
}
