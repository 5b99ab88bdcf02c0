//! The tables of this crate.

use heard_store::Migration;

/// The tables of this crate.
pub const MIGRATIONS: &[Migration] =
    &[Migration::portable(2026112250, "channels", include_str!("../migrations/channels.sql"))];
