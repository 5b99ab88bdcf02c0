//! Web chat and the generic API channel.
