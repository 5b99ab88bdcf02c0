//! Mail that Heard sends to its users: invitations, password resets, a test.

mod job;
mod send;
mod texts;

pub use job::{DeliverMail, MailJob};
pub use send::{MAIL_FAILED, MAIL_NOT_SET_UP};
pub(crate) use send::{probe, send};
pub(crate) use texts::{Mail, Purpose};
