//! Contacts, inboxes, conversations, messages.

mod columns;
pub mod contacts;
pub mod conversations;
pub mod inbound;
pub mod inboxes;
pub mod messages;
mod migrations;
mod rights;
pub mod tags;

use heard_runtime::Registry;

pub use migrations::MIGRATIONS;
pub use rights::RIGHTS;

/// Registers what runs behind the services.
pub fn register(registry: &mut Registry) {
    registry.deadline(conversations::Snooze);
}
