//! The progress page (进度页): where customers see how their case goes, without an account and without JavaScript.
//!
//! Who has the *link* sees the page: it holds a secret that is kept only as a hash, can be revoked, and ends the plan's days
//! for opening again after the case was archived: until then the customer says there that it is not solved, later the page says
//! that the case is closed. In what leaves the team, such as a dossier, the secret is blanked. The page says in plain words where the case is, what happens next and by
//! when, and what was said to the customer. There they add words and files, say whether it is solved and how satisfied they
//! are. What they write is kept word for word and becomes a message of a conversation of the case; files become evidence.
//!
//! Events: `case.progress_*`. Rights: `case.read`, `case.work`.

mod events;
mod form;
mod http;
mod model;
mod page;
mod public;
mod said;
mod secret;
mod service;
mod state;
mod store;
mod words;

pub use events::{ProgressAnswered, ProgressLinkMade, ProgressLinkRevoked, ProgressRated, ProgressSaid};
pub use http::{ProgressLinkView, routes};
pub use model::{FreshLink, Input, InputKind, LinkId, ProgressLink};
pub use public::pages;
pub use service::{create, inputs, list, revoke};

pub(crate) use secret::blanked;
pub(crate) use service::{inputs_of_case, make_link};
