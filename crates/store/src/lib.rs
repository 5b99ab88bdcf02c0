//! One database interface for SQLite (embedded default) and PostgreSQL, with one text per statement.
//!
//! A transaction is an async closure over [`Tx`]. On SQLite it runs on the one writer thread, where many are
//! committed together; on PostgreSQL it runs on a pooled connection. Inside it only `tx` may be awaited.
//!
//! Portable SQL: types `BIGINT`, `DOUBLE PRECISION`, `TEXT`, `BOOLEAN`, `UUID`, `BYTEA`; parameters `$1…`; times are
//! `BIGINT` milliseconds; documents are `TEXT` with JSON; no date or JSON functions; a `NULL` parameter that is
//! compared needs `CAST($n AS …)`; `lower()` on both sides of `LIKE`; sums are cast to `BIGINT`.

mod db;
mod error;
mod id;
mod list;
mod migrate;
mod postgres;
mod row;
mod sqlite;
mod tx;
mod value;

pub use db::{Db, DbConfig, Engine};
pub use list::{Direction, List};
pub use migrate::{Migration, MigrationSql};
pub use row::{Cell, Column, FromRow, Row};
pub use sqlite::Sizing;
pub use tx::Tx;
pub use value::{Json, Value};

#[doc(hidden)]
pub mod macros {
    pub use serde;
    pub use utoipa;
    pub use uuid::Uuid;
}
