//! Presence: who is there. A user chooses online, busy, away or offline; whoever has no connection for a minute is
//! offline until they come back, and then as they chose before. Every change is an event, so that there is a time line.

mod deadlines;
mod events;
pub mod http;
mod loads;
mod model;
mod service;
mod store;

pub use deadlines::GoneOffline;
pub use events::PresenceChanged;
pub use loads::{LoadSource, Loads};
pub use model::{Presence, Status, UserPresence};
pub use service::{after_start, all, connected, disconnected, of_user};
