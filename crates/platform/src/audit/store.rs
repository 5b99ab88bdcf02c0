//! Rows of the audit.

use heard_kernel::{Result, fold_key};
use heard_store::{Direction, FromRow, List, Row, Tx, params};

use super::model::{Entry, Filter};

const COLUMNS: &str =
    "seq, event_seq, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, address, hash";

impl FromRow for Entry {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            event_seq: row.get(1)?,
            at: row.get(2)?,
            actor_kind: row.get(3)?,
            actor_id: row.get(4)?,
            action: row.get(5)?,
            subject_kind: row.get(6)?,
            subject_id: row.get(7)?,
            detail: row.get(8)?,
            address: row.get(9)?,
            hash: row.get(10)?,
        })
    }
}

pub(crate) async fn insert(tx: &Tx<'_>, entries: &[Entry]) -> Result<()> {
    let row = |entry: &Entry| {
        params![
            entry.seq,
            entry.event_seq,
            entry.at,
            &entry.actor_kind,
            entry.actor_id,
            &entry.action,
            &entry.subject_kind,
            entry.subject_id,
            &entry.detail,
            entry.address.as_deref(),
            entry.hash.as_slice(),
        ]
        .to_vec()
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    tx.later_rows(&format!("INSERT INTO audit ({COLUMNS})"), &rows, "").await
}

/// Makes an entry the last one.
pub(crate) async fn set_head(tx: &Tx<'_>, seq: i64, hash: &[u8]) -> Result<()> {
    let sql = "INSERT INTO audit_head (id, seq, hash) VALUES (1, $1, $2) \
                ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
    tx.later(sql, &params![seq, hash]).await
}

/// Number and hash of the last entry.
pub(crate) async fn head(tx: &Tx<'_>) -> Result<Option<(i64, Vec<u8>)>> {
    tx.optional("SELECT seq, hash FROM audit_head WHERE id = 1", &[]).await
}

/// Entries after a number, in their order.
pub(crate) async fn after(tx: &Tx<'_>, seq: i64, limit: usize) -> Result<Vec<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2");
    tx.query(&sql, &params![seq, limit]).await
}

/// Wanted entries and one more, in a direction.
pub(crate) async fn page(
    tx: &Tx<'_>,
    filter: &Filter,
    direction: Direction,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<Entry>> {
    let mut list = List::new(&format!("SELECT {COLUMNS} FROM audit"))
        .filter_some("at >= ?", filter.from)
        .filter_some("at < ?", filter.to)
        .filter_some("actor_id = ?", filter.actor_id)
        .filter_some("subject_id = ?", filter.subject_id);
    if let Some(action) = &filter.action {
        list = match action.contains('.') {
            true => list.filter("action = ?", &params![action]),
            // What an action can be about: `user` stands for `user.created`, `user.updated` …
            false => list.filter("action LIKE ?", &params![format!("{}.%", plain(action))]),
        };
    }
    if let Some(q) = &filter.q {
        let like = format!("%{}%", plain(&fold_key(q)));
        let condition = "(lower(detail) LIKE ? OR lower(action) LIKE ? OR address LIKE ?)";
        list = list.filter(condition, &params![&like, &like, &like]);
    }
    let after = after.map(|seq| params![seq]);
    let (sql, values) = list.page(&["seq"], direction, after.as_ref().map(|key| key.as_slice()), limit);
    tx.query(&sql, &values).await
}

/// A text without what has a meaning in a pattern.
fn plain(text: &str) -> String {
    text.replace(['%', '_', '\\'], "")
}
