//! Sessions: who is signed in, and how a request is known to come from them.

mod authenticator;
mod cache;
mod deadlines;
mod events;
pub mod http;
mod me;
mod service;
mod store;

pub use authenticator::Gate;
pub(crate) use cache::{forget_all, heard};
pub use deadlines::EndSession;
pub use events::{SessionOpened, SessionRevoked, SignInFailed};
pub(crate) use http::{from_browser, signed_in};
pub use me::{Me, MePatch, Theme};
pub use service::SESSION_REQUIRED;
pub(crate) use service::{Browser, Opened, open, require_session, revoke_all};
