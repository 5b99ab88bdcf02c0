//! Schema changes, run once each and only forward.

use heard_kernel::{Error, Result};

use crate::Engine;

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
    let mut list = migrations
        .iter()
        .map(|m| refinery::Migration::unapplied(&format!("V{}__{}", m.version, m.name), m.text(engine)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Error::internal(format!("a migration has a bad name: {error}")))?;
    list.sort();
    Ok(refinery::Runner::new(&list))
}
