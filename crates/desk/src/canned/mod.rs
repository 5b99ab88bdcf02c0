//! Canned replies (快捷回复): prepared texts with variables, one's own, a team's, or everybody's. They are found by word,
//! shortcut, pinyin or the initials of the pinyin.
//!
//! Events: `canned.updated`. Rights: `conversation.reply` for one's own, `canned.manage` for those of others.

mod events;
mod http;
mod model;
mod rules;
mod service;
mod store;

pub use events::CannedUpdated;
pub use http::routes;
pub use model::{CannedId, CannedReply, Scope};
pub use rules::{Rendered, Values};
pub use service::{NewCanned, Patch, create, delete, list, one, render, update};
