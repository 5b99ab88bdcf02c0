//! The tables of this crate.

use heard_store::Migration;

/// The tables of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration::portable(2026112210, "directory", include_str!("../migrations/directory.sql")),
    Migration::portable(2026112211, "files", include_str!("../migrations/files.sql")),
    Migration::portable(2026112212, "settings", include_str!("../migrations/settings.sql")),
    Migration::portable(2026112213, "access", include_str!("../migrations/access.sql")),
    Migration::portable(2026112220, "calendars", include_str!("../migrations/calendars.sql")),
    Migration::portable(2026112295, "evidence_kept", include_str!("../migrations/evidence_kept.sql")),
];
