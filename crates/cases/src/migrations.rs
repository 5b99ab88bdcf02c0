//! The tables of this crate.

use heard_store::Migration;

/// The tables of plans, clocks and cases.
pub const MIGRATIONS: &[Migration] = &[
    Migration::portable(2026112260, "plans", include_str!("../migrations/plans.sql")),
    Migration::portable(2026112265, "clocks", include_str!("../migrations/clocks.sql")),
    Migration::portable(2026112270, "cases", include_str!("../migrations/cases.sql")),
];
