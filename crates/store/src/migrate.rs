//! Schema changes, run once each and only forward.

use heard_kernel::{Error, Result, codes};
use refinery::error::Kind;

use crate::{
    Engine, Tx,
    codes::{SCHEMA_DIFFERS, SCHEMA_NEWER},
    error::{causes, postgres_code, sqlite_code},
};

/// One schema change. Released ones are never edited: refinery compares their checksums.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Day and number of the day, as `2026112201`; unique and rising over all crates.
    pub version: i32,
    /// A short name in snake_case.
    pub name: &'static str,
    /// What it does.
    pub sql: MigrationSql,
}

/// The statements of a migration.
#[derive(Clone, Copy, Debug)]
pub enum MigrationSql {
    /// One text for both engines.
    Portable(&'static str),
    /// Where the engines must differ.
    PerEngine {
        /// Text for SQLite.
        sqlite: &'static str,
        /// Text for PostgreSQL.
        postgres: &'static str,
    },
}

impl Migration {
    /// A migration with one text for both engines.
    pub const fn portable(version: i32, name: &'static str, sql: &'static str) -> Self {
        Self { version, name, sql: MigrationSql::Portable(sql) }
    }

    /// The text for an engine.
    pub const fn text(&self, engine: Engine) -> &'static str {
        match (self.sql, engine) {
            (MigrationSql::Portable(sql), _) => sql,
            (MigrationSql::PerEngine { sqlite, .. }, Engine::Sqlite) => sqlite,
            (MigrationSql::PerEngine { postgres, .. }, Engine::Postgres) => postgres,
        }
    }
}

/// The runner for an engine. The order of `migrations` does not matter; their versions decide.
pub(crate) fn runner(migrations: &[Migration], engine: Engine) -> Result<refinery::Runner> {
    // The database would keep such a name up to its first other character, and a restored copy would not be known by it.
    let odd = |m: &&Migration| !m.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if let Some(odd) = migrations.iter().find(odd) {
        return Err(Error::internal(format!("a migration has a bad name: {}", odd.name)));
    }
    let mut list = migrations
        .iter()
        .map(|m| refinery::Migration::unapplied(&format!("V{}__{}", m.version, m.name), m.text(engine)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Error::internal(format!("a migration has a bad name: {error}")))?;
    list.sort();
    Ok(refinery::Runner::new(&list))
}

/// Whether a restore into this database has begun and not ended: it makes a table first and drops it last.
pub(crate) async fn restore_started(tx: &Tx<'_>) -> Result<bool> {
    let sql = match tx.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'restore_incomplete'",
        Engine::Postgres => {
            "SELECT 1 FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'restore_incomplete'"
        }
    };
    Ok(tx.scalar::<i64>(sql, &[]).await?.is_some())
}

/// A failed run of migrations, by what failed.
pub(crate) fn failed(error: refinery::Error) -> Error {
    match error.kind() {
        // What the database knows and this program does not was written by a newer program.
        Kind::MissingVersion(migration) if migration.applied_on().is_some() => {
            Error::new(SCHEMA_NEWER).with("migration", migration.to_string())
        }
        Kind::MissingVersion(migration) => Error::new(SCHEMA_DIFFERS)
            .with("migration", migration.to_string())
            .because("a newer migration ran already, so this one must get a higher version"),
        Kind::DivergentVersion(applied, _) => Error::new(SCHEMA_DIFFERS)
            .with("migration", applied.to_string())
            .because("the migration was edited after it had run"),
        Kind::Connection(what, cause) => {
            let code = if let Some(error) = cause.downcast_ref::<rusqlite::Error>() {
                sqlite_code(error)
            } else if let Some(error) = cause.downcast_ref::<tokio_postgres::Error>() {
                postgres_code(error)
            } else {
                codes::INTERNAL
            };
            Error::new(code).because(format!("migration failed: {what}: {}", causes(&**cause)))
        }
        other => Error::internal(format!("migration failed: {other}")),
    }
}
