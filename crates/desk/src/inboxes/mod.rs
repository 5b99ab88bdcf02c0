//! Inboxes (接入点): configured instances of a channel. Teams restrict who sees their conversations; an inbox without
//! teams is open to all.
//!
//! Events: `inbox.updated`. Rights: `inbox.read`, `inbox.manage`.

mod events;
mod first;
mod hours;
mod http;
mod model;
mod rules;
mod service;
pub(crate) mod store;

pub use events::InboxUpdated;
pub use hours::{OpenNow, open_at};
pub use http::{InboxView, routes};
pub use model::{
    ApiConfig, Config, FieldKind, Hours, HoursMode, Inbox, InboxId, InboxKind, InboxState, Localized,
    Prechat, PrechatField, Side, Span, WebChatConfig, Week,
};
pub use rules::INBOX_PAUSED;
pub use service::{
    Patch, by_key, create, delete, first_web_chat, get, list, one, rotate_identity_secret, update,
};

pub(crate) use first::install as install_first;
pub(crate) use service::{check_visible, visible_ids};

/// Says at start which inboxes keep the hours of a working calendar.
pub(crate) fn install_uses(ctx: &heard_runtime::Ctx) {
    heard_platform::calendars::Users::install(ctx, std::sync::Arc::new(hours::Uses));
}
