//! Contacts, inboxes, conversations, messages.
