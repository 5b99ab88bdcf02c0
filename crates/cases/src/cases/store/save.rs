//! Writing cases. A save writes only the columns that changed, so that indexes on the others are left alone.

use std::fmt::Write;

use heard_kernel::Result;
use heard_store::{Tx, Value};

use super::super::model::Case;

/// Writes a row of columns and values.
pub(crate) async fn insert_into(tx: &Tx<'_>, table: &str, row: Vec<(&'static str, Value)>) -> Result<()> {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let marks: Vec<String> = (1..=values.len()).map(|index| format!("${index}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), marks.join(", "));
    tx.later(&sql, &values).await
}

/// Writes a new case.
pub(crate) async fn insert(tx: &Tx<'_>, case: &Case) -> Result<()> {
    insert_into(tx, "cases", case.row()).await
}

/// Writes what changed.
pub(crate) async fn save(tx: &Tx<'_>, before: &Case, after: &Case) -> Result<()> {
    let pairs = after.changed_since(before);
    if pairs.is_empty() {
        return Ok(());
    }
    let mut sql = String::with_capacity(256);
    sql.push_str("UPDATE cases SET ");
    let mut values = Vec::with_capacity(pairs.len() + 1);
    for (index, (column, value)) in pairs.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(sql, "{comma}{column} = ${}", index + 1);
        values.push(value);
    }
    let _ = write!(sql, " WHERE id = ${}", values.len() + 1);
    values.push(after.id.into());
    tx.later(&sql, &values).await
}
