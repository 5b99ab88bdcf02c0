//! Files that users send, and files of conversations that they see. What a file is and where its content lies is the
//! business of `platform::files`; here it is decided who may.
//!
//! Rights: `conversation.reply` to send, `conversation.read` to see.

mod http;
mod service;

pub use http::routes;
pub use service::{NewFile, check_readable, start};
