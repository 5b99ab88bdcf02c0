//! Messages (消息): what contact and team say to each other, notes (备注) that only the team sees, and system lines (系统提示)
//! that tell what happened.
//!
//! Messages of a conversation count from 1 without gaps: the number is taken from the conversation's row, which is held
//! until the end of the transaction, so several writers stand in line. A repeated call with the same `client_key` gets
//! the same message. The writer can take a message back for two minutes: its content goes, its place stays.
//!
//! Events: `message.posted`, `message.recalled`. Rights: `conversation.reply`, `conversation.read`.

mod events;
pub mod feed;
mod handed_over;
mod http;
mod lines;
mod model;
mod rules;
mod service;
pub(crate) mod store;
pub mod transcript;
mod view;

pub use events::{MessagePosted, MessageRecalled};
pub use http::{answer as answer_transcript, routes};
pub use lines::sentence;
pub use model::{AuthorKind, Message, MessageId, MessageKind, Posted, SystemLine, Words};
pub use rules::{MAX_ATTACHMENTS, MAX_BODY, RECALL_MILLIS};
pub use service::{Range, Shown, Then, by_ids, check_attachment, one, page, post, recall, with_context};
pub use view::{MessageAuthor, MessagePage, MessageView, NewMessage, Quote, show};

pub use rules::TOO_MANY;
pub(crate) use rules::clean;
pub(crate) use service::{Author, repeated, repeated_source, say, write};
