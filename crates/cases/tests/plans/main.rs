//! Plans on both engines and over HTTP.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod http;
mod reviews;
mod versions;
mod world;
