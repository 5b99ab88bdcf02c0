//! One database interface for SQLite (embedded default) and PostgreSQL, with one text per statement.
//!
//! A transaction is an async closure over [`Tx`]. On SQLite it runs on the one writer thread, where many are
//! committed together; on PostgreSQL it runs on a pooled connection. Inside it only `tx` may be awaited.
//!
//! Portable SQL: types `BIGINT`, `DOUBLE PRECISION`, `TEXT`, `BOOLEAN`, `UUID`, `BYTEA`; parameters `$1…`; times are
//! `BIGINT` milliseconds; documents are `TEXT` with JSON; no date or JSON functions; a `NULL` parameter that is
//! compared needs `CAST($n AS …)`; `lower()` on both sides of `LIKE`, with an `ESCAPE` where a pattern comes from outside;
//! sums are cast to `BIGINT`; a number that is no number (NaN) and text with NUL are refused. Text is ordered by bytes on
//! SQLite and by the database's collation on PostgreSQL: order that people see is stored as a key.
//!
//! A statement that fails spoils its transaction on both engines, so insert with `ON CONFLICT DO NOTHING` rather than
//! going on after `already_exists`.

pub mod archive;
mod check;
pub mod codes;
mod columns;
mod db;
mod error;
mod id;
mod list;
mod migrate;
mod postgres;
mod row;
mod shared;
mod sqlite;
mod tx;
mod value;
mod work;

pub use columns::Columns;
pub use db::{Db, DbConfig, Engine, NOTICE_BYTES};
pub use error::storage_error;
pub use list::{Direction, List};
pub use migrate::{Migration, MigrationSql};
pub use row::{Cell, Column, FromRow, Row};
pub use shared::Shared;
pub use sqlite::Sizing;
pub use tx::Tx;
pub use value::{Json, Value};

#[doc(hidden)]
pub mod macros {
    pub use serde;
    pub use utoipa;
    pub use uuid::Uuid;
}
