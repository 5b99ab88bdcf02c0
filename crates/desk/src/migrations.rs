//! The tables of this crate.

use heard_store::Migration;

/// The tables of contacts, inboxes, conversations, messages, and what helps to answer.
pub const MIGRATIONS: &[Migration] = &[
    Migration::portable(2026112230, "contacts", include_str!("../migrations/contacts.sql")),
    Migration::portable(2026112231, "inboxes", include_str!("../migrations/inboxes.sql")),
    Migration::portable(2026112232, "conversations", include_str!("../migrations/conversations.sql")),
    Migration::portable(2026112233, "messages", include_str!("../migrations/messages.sql")),
    Migration::portable(2026112234, "aids", include_str!("../migrations/aids.sql")),
    Migration::portable(
        2026112410,
        "conversations_began",
        include_str!("../migrations/conversations_began.sql"),
    ),
];
