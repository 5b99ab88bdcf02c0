//! Silence (静默): a customer who was told the result and does not answer is not asked for ever. When the plan's days of silence
//! (`closing.silent_days`, working days of its calendar) are over since the stage of following up began, it is noted that the customer did not say how
//! satisfied they are, the stage is completed, and whoever is responsible is told.
//!
//! An answer is anything the customer says after the result: a message of a conversation of the case, or words, an answer or a
//! rating on the progress page. Then it is for people to go on. While the case waits for others than the customer, the days go on
//! but nothing is noted. Nothing is stored but the deadline; no days in the plan mean that silence says nothing.
//!
//! Events: `case.silent`. Rights: none of its own.

mod deadlines;
mod events;
mod reactors;
mod service;

use heard_runtime::Registry;

pub use events::Silent;

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.deadline(deadlines::Over).reactor(reactors::Stages);
}
