//! Sign-in, users, teams, roles, presence, audit, settings, files, backup.

pub mod directory;
mod migrations;
pub mod rights;

pub use migrations::MIGRATIONS;
