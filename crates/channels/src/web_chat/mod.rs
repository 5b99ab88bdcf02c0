//! Web chat (网页聊天): the widget on a host page, seen from its visitor.
//!
//! A visitor holds a signed token and nothing is stored about them until the first message. The host page may prove who
//! they are (HMAC); then they are that contact on every device. What visitors say goes through `desk::inbound`; what they
//! are shown never holds the team's notes.

mod attachments;
mod chat;
mod codes;
mod extract;
mod form;
mod http;
mod limits;
mod model;
mod session;
mod socket;
mod token;
mod uploads;

pub use codes::{IDENTITY_INVALID, IDENTITY_REQUIRED, UPLOAD_SIGNATURE_INVALID};
pub(crate) use http::routes;
pub use session::frame_ancestors;
pub use token::{VISITOR_TOKEN_EXPIRED, VISITOR_TOKEN_INVALID};
