//! Sign-in, users, teams, roles, presence, audit, settings, files, backup.

pub mod backup;
pub mod directory;
pub mod files;
mod migrations;
pub mod rights;

pub use migrations::MIGRATIONS;
