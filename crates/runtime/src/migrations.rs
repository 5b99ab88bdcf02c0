//! The tables of the spine.

use heard_store::{Migration, MigrationSql};

/// The tables of the spine.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 2026112201,
        name: "events",
        sql: MigrationSql::PerEngine {
            sqlite: include_str!("../migrations/spine_sqlite.sql"),
            postgres: include_str!("../migrations/spine_postgres.sql"),
        },
    },
    Migration::portable(2026112202, "work", include_str!("../migrations/work.sql")),
];
