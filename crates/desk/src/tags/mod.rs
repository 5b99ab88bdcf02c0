//! Tags (标签): short coloured words on conversations and contacts, one set for the whole team.
//!
//! Events: `tag.updated`. Rights: `tag.manage`.

mod events;
mod http;
mod model;
mod service;
pub(crate) mod store;

pub use events::TagUpdated;
pub use http::routes;
pub use model::{Tag, TagColor, TagId, TagRef};
pub use service::{check_known, count_uses, create, delete, list, refs, update};
