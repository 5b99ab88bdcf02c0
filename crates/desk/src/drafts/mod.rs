//! Drafts (草稿): messages that are not sent yet, kept on the server so that they follow the user from one device to the
//! next. One for each user and conversation.
//!
//! Events: `draft.saved`, which only the user hears of. Rights: `conversation.reply`.

mod events;
mod http;
mod model;
mod service;
mod store;

pub use events::DraftSaved;
pub use http::routes;
pub use model::{Draft, DraftMode};
pub use service::{discard, get, save};
