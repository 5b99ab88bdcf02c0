//! Live connections: tells connected people what happens, from the event log.
//!
//! The [`Hub`] follows the log. For each event the slices' [`Audience`]s name who hears of it; the frame is serialised
//! once and put into the mailbox of every connection that subscribes to one of those topics. Invariants: on a
//! connection the numbers of events rise strictly and none is left out, or the client is told to `resync`; a mailbox
//! is bounded, so a slow client costs no more than a fast one; what a frame says can be asked for by the API.
//!
//! What is not in the log (typing, who looks, who is there) is handed from process to process with LISTEN and NOTIFY
//! where several work on one PostgreSQL database: see `relay`.
//!
//! The console's socket is here; `channels` opens its own for visitors with the same [`Hub::serve`].

mod catch_up;
mod connection;
mod console;
mod frame;
mod hub;
mod mailbox;
mod registry;
mod relay;
mod ring;
mod roster;
mod topic;
mod words;

pub use connection::{Door, Hello, MAX_FRAME, Standing, close, hello, tune};
pub use console::origin_is_own;
pub(crate) use console::routes;
pub use hub::{Client, ConnectionId, Hub, Person};
pub use registry::{Audience, FrameHandler, Membership, Observer, Registry, Route};
pub use roster::Change;
pub use topic::Topic;
pub use words::Sign;
