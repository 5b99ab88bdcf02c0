//! Tables as portable lines of JSON, so that a backup of one engine can be restored into either.
//!
//! The tables and columns are read from the engine itself, so a new table is in the next backup without being named
//! anywhere. A line is a JSON array with one value per column; integers are numbers, everything that a JSON number
//! cannot hold exactly is text (floating-point numbers, UUIDs, base64 for bytes).

mod catalog;
mod line;
mod load;

use heard_kernel::Result;
use serde::{Deserialize, Serialize};

pub use catalog::{applied_migrations, catalog};
pub use load::{Loader, begin_restore, check_complete, check_empty};

use crate::Tx;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// `BOOLEAN`.
    Bool,
    /// `BIGINT`.
    Int,
    /// `DOUBLE PRECISION`.
    Real,
    /// `TEXT`.
    Text,
    /// `BYTEA`.
    Bytes,
    /// `UUID`.
    Uuid,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A table, as the engine describes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in their order.
    pub columns: Vec<ColumnInfo>,
    /// The column that the engine numbers, and the last number it gave.
    pub numbered: Option<Numbered>,
}

/// A column that the engine numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Numbered {
    /// Its name.
    pub column: String,
    /// The last number that was given; numbers up to it are never given again.
    pub last: i64,
}

/// A schema change that ran.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppliedMigration {
    /// Its version.
    pub version: i32,
    /// Its name.
    pub name: String,
}

/// How many rows a table has.
///
/// # Errors
/// The storage codes.
pub async fn count(tx: &Tx<'_>, table: &Table) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM {}", quoted(&table.name));
    Ok(tx.scalar::<u64>(&sql, &[]).await?.unwrap_or(0))
}

/// Hands each row of a table to `see` as a line of JSON with its line end.
///
/// # Errors
/// The storage codes, `internal` when a value is not of its column's kind, and whatever `see` fails with.
pub async fn dump(tx: &Tx<'_>, table: &Table, mut see: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), quoted(&table.name));
    let mut text = Vec::new();
    tx.each(&sql, &[], |row| {
        text.clear();
        line::write(row, table, &mut text)?;
        see(&text)
    })
    .await
}

/// A name as SQL takes it whatever it is.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
