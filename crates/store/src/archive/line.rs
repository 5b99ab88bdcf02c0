//! A row as a line of JSON, and back.

use std::io::Write;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heard_kernel::{Error, Result};
use serde_json::Value as Item;
use uuid::Uuid;

use super::{ColumnInfo, ColumnKind, Table};
use crate::{
    Value,
    row::{Cell, Row},
};

pub(super) fn write(row: &Row<'_>, table: &Table, out: &mut Vec<u8>) -> Result<()> {
    out.push(b'[');
    for (index, column) in table.columns.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_cell(row.cell(index)?, column.kind, out)
            .map_err(|e| e.because(format!("table {}, column {}", table.name, column.name)))?;
    }
    out.extend_from_slice(b"]\n");
    Ok(())
}

fn write_cell(cell: Cell<'_>, kind: ColumnKind, out: &mut Vec<u8>) -> Result<()> {
    let written = match (kind, cell) {
        (_, Cell::Null) => out.write_all(b"null"),
        (ColumnKind::Bool, Cell::Int(v)) => write!(out, "{}", v != 0),
        (ColumnKind::Int, Cell::Int(v)) => write!(out, "{v}"),
        // As text: readers of JSON numbers round.
        (ColumnKind::Real, Cell::Real(v)) => write!(out, "\"{v:?}\""),
        (ColumnKind::Real, Cell::Int(v)) => write!(out, "\"{:?}\"", v as f64),
        (ColumnKind::Text, Cell::Text(v)) => serde_json::to_writer(out, v).map_err(Into::into),
        (ColumnKind::Bytes, Cell::Bytes(v)) => write!(out, "\"{}\"", BASE64_STANDARD.encode(v)),
        (ColumnKind::Uuid, Cell::Bytes(v)) => {
            let id = Uuid::from_slice(v).map_err(Error::internal)?;
            write!(out, "\"{id}\"")
        }
        (kind, _) => return Err(Error::internal(format!("a value is not of the column's kind {kind:?}"))),
    };
    written.map_err(Error::internal)
}

/// The values of a line, one per column; none when it is no such line.
pub(super) fn read(line: &[u8], columns: &[ColumnInfo]) -> Option<Vec<Value>> {
    let items: Vec<Item> = serde_json::from_slice(line).ok()?;
    if items.len() != columns.len() {
        return None;
    }
    items.into_iter().zip(columns).map(|(item, column)| read_item(item, column.kind)).collect()
}

fn read_item(item: Item, kind: ColumnKind) -> Option<Value> {
    Some(match (kind, item) {
        (_, Item::Null) => Value::Null,
        (ColumnKind::Bool, Item::Bool(v)) => Value::Bool(v),
        (ColumnKind::Int, Item::Number(v)) => Value::Int(v.as_i64()?),
        (ColumnKind::Real, Item::String(v)) => Value::Real(v.parse().ok()?),
        (ColumnKind::Text, Item::String(v)) => Value::Text(v),
        (ColumnKind::Bytes, Item::String(v)) => Value::Bytes(BASE64_STANDARD.decode(v).ok()?),
        (ColumnKind::Uuid, Item::String(v)) => Value::Uuid(v.parse().ok()?),
        _ => return None,
    })
}
