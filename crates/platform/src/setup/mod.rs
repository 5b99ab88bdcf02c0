//! The first run: makes the settings and the administrator. Whoever opens the page from another machine must show the
//! token that was printed at start, so that no stranger is faster.

mod furnish;
pub mod http;
mod service;

pub use furnish::{Answers, Furnish, Furniture};
pub use service::{ALREADY_SET_UP, SETUP_TOKEN_INVALID, prepare};
