//! The tables of this crate.

use heard_store::Migration;

/// The tables of plans, clocks and cases.
pub const MIGRATIONS: &[Migration] = &[];
