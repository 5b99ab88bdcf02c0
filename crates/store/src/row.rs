//! Rows that come out of statements.

use heard_kernel::{Error, Result, Timestamp};
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

use crate::value::{Json, Value};

/// One value of a row as the engine gave it. Decoded by the type that is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// SQL `NULL`.
    Null,
    /// An integer or a boolean.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// Bytes, or the 16 bytes of a UUID.
    Bytes(&'a [u8]),
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads the cell, or `None` when it holds something else.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

/// A row of a result.
pub struct Row<'r>(RowInner<'r>);

enum RowInner<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) fn sqlite(row: &'r rusqlite::Row<'r>) -> Self {
        Self(RowInner::Sqlite(row))
    }

    pub(crate) fn postgres(row: &'r tokio_postgres::Row) -> Self {
        Self(RowInner::Postgres(row))
    }

    /// The value of the column at `index`, counted from 0.
    ///
    /// # Errors
    /// `internal` when the column is missing or holds another type: a defect of the statement.
    #[track_caller]
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        let cell = self.cell(index)?;
        T::from_cell(cell).ok_or_else(|| {
            Error::internal(format!("column {index} is not a {}: {cell:?}", std::any::type_name::<T>()))
        })
    }

    /// The bare cell at `index`.
    ///
    /// # Errors
    /// `internal` when the column is missing or of a type that Heard does not use.
    pub fn cell(&self, index: usize) -> Result<Cell<'_>> {
        match self.0 {
            RowInner::Sqlite(row) => match row.get_ref(index).map_err(Error::internal)? {
                ValueRef::Null => Ok(Cell::Null),
                ValueRef::Integer(value) => Ok(Cell::Int(value)),
                ValueRef::Real(value) => Ok(Cell::Real(value)),
                ValueRef::Text(bytes) => std::str::from_utf8(bytes).map(Cell::Text).map_err(Error::internal),
                ValueRef::Blob(bytes) => Ok(Cell::Bytes(bytes)),
            },
            RowInner::Postgres(row) => row.try_get::<_, Cell<'_>>(index).map_err(Error::internal),
        }
    }

    /// How many columns the row has.
    pub fn width(&self) -> usize {
        match self.0 {
            RowInner::Sqlite(row) => row.as_ref().column_count(),
            RowInner::Postgres(row) => row.len(),
        }
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::BOOL => Cell::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::INT2 => Cell::Int(i16::from_sql(ty, raw)?.into()),
            Type::INT4 => Cell::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT8 => Cell::Int(i64::from_sql(ty, raw)?),
            Type::OID => Cell::Int(u32::from_sql(ty, raw)?.into()),
            Type::FLOAT4 => Cell::Real(f32::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Cell::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA | Type::UUID | Type::VOID => Cell::Bytes(raw),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN => {
                Cell::Text(std::str::from_utf8(raw)?)
            }
            _ => return Err(format!("columns of type {ty} are not used").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

macro_rules! column {
    ($($ty:ty => $($pattern:pat => $read:expr),+;)*) => {$(
        impl Column for $ty {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                match cell {
                    $($pattern => $read,)+
                    _ => None,
                }
            }
        }
    )*};
}

column! {
    i64 => Cell::Int(v) => Some(v);
    i32 => Cell::Int(v) => i32::try_from(v).ok();
    u32 => Cell::Int(v) => u32::try_from(v).ok();
    u16 => Cell::Int(v) => u16::try_from(v).ok();
    u64 => Cell::Int(v) => u64::try_from(v).ok();
    usize => Cell::Int(v) => usize::try_from(v).ok();
    bool => Cell::Int(v) => Some(v != 0);
    f64 => Cell::Real(v) => Some(v), Cell::Int(v) => Some(v as f64);
    String => Cell::Text(v) => Some(v.to_owned());
    Vec<u8> => Cell::Bytes(v) => Some(v.to_vec());
    Uuid => Cell::Bytes(v) => Uuid::from_slice(v).ok();
    Timestamp => Cell::Int(v) => Some(Timestamp::from_millis(v));
    serde_json::Value => Cell::Text(v) => serde_json::from_str(v).ok();
}

impl<T: DeserializeOwned> Column for Json<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => serde_json::from_str(text).ok().map(Self),
            _ => None,
        }
    }
}

impl<T: Column> Column for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

impl Column for Value {
    /// Booleans and UUIDs come back as integers and bytes: the engine does not tell them apart.
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Some(match cell {
            Cell::Null => Self::Null,
            Cell::Int(v) => Self::Int(v),
            Cell::Real(v) => Self::Real(v),
            Cell::Text(v) => Self::Text(v.to_owned()),
            Cell::Bytes(v) => Self::Bytes(v.to_vec()),
        })
    }
}

/// A type that a row can be read as. Tuples read their columns in order.
pub trait FromRow: Sized {
    /// Reads the row.
    ///
    /// # Errors
    /// `internal` when a column is missing or holds another type.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

macro_rules! tuple_from_row {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok(($(row.get::<$name>($index)?,)+))
            }
        }
    };
}

tuple_from_row!(A 0);
tuple_from_row!(A 0, B 1);
tuple_from_row!(A 0, B 1, C 2);
tuple_from_row!(A 0, B 1, C 2, D 3);
tuple_from_row!(A 0, B 1, C 2, D 3, E 4);
tuple_from_row!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_from_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_from_row!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
