//! Reminders (跟进提醒): whoever is responsible for a case is told at the plan's intervals to look how it goes on.
//!
//! The intervals count from the beginning of the stage by the plan's calendar, so nothing about a reminder is stored but its
//! deadline: one for a case, at the earliest instant at which one of its reminders comes. What came while the process was down
//! is told once. While a case waits for the customer or others nobody is told; the next one comes in its turn.
//!
//! Events: `case.reminded`. Rights: none of its own; what is told is an alert.

mod deadlines;
mod events;
mod reactors;
mod rules;
mod service;

use heard_runtime::Registry;

pub use events::Reminded;

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.deadline(deadlines::Due).reactor(reactors::Stages);
}
