//! The statements of this slice.

use std::collections::HashMap;

use heard_kernel::{Result, Timestamp, fold_key};
use heard_store::{List, Tx, params};

use super::model::{COLUMNS, Tag, TagId, TagRef};

pub(crate) async fn all(tx: &Tx<'_>) -> Result<Vec<Tag>> {
    tx.query(&format!("SELECT {COLUMNS} FROM tags ORDER BY name_key, id"), &[]).await
}

pub(crate) async fn one(tx: &Tx<'_>, id: TagId) -> Result<Option<Tag>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM tags WHERE id = $1"), &params![id]).await
}

/// Tags by id. Ids of none are absent.
pub(crate) async fn refs(tx: &Tx<'_>, ids: &[TagId]) -> Result<HashMap<TagId, TagRef>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (sql, values) =
        List::new(&format!("SELECT {COLUMNS} FROM tags")).filter_in("id", ids.iter().copied()).all();
    let tags: Vec<Tag> = tx.query(&sql, &values).await?;
    Ok(tags.iter().map(|tag| (tag.id, tag.into())).collect())
}

pub(crate) async fn insert(tx: &Tx<'_>, tag: &Tag, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO tags (id, name, name_key, color, use_count, created_at, version) VALUES ($1, $2, $3, $4, 0, $5, 1)";
    let values = params![tag.id, &tag.name, fold_key(&tag.name), tag.color, now];
    tx.later(sql, &values).await
}

/// Writes a tag whose stored version is one below, and tells whether it was.
pub(crate) async fn update(tx: &Tx<'_>, tag: &Tag) -> Result<bool> {
    let sql =
        "UPDATE tags SET name = $1, name_key = $2, color = $3, version = $4 WHERE id = $5 AND version = $6";
    let values = params![&tag.name, fold_key(&tag.name), tag.color, tag.version, tag.id, tag.version - 1];
    Ok(tx.execute(sql, &values).await? > 0)
}

/// Removes a tag from everything that carries it.
pub(crate) async fn delete(tx: &Tx<'_>, id: TagId) -> Result<()> {
    tx.later("DELETE FROM conversation_tags WHERE tag_id = $1", &params![id]).await?;
    tx.later("DELETE FROM contact_tags WHERE tag_id = $1", &params![id]).await?;
    tx.later("DELETE FROM tags WHERE id = $1", &params![id]).await
}

pub(crate) async fn add_uses(tx: &Tx<'_>, id: TagId, n: i64) -> Result<()> {
    let sql = "UPDATE tags SET use_count = use_count + $1 WHERE id = $2";
    tx.later(sql, &params![n, id]).await
}
