//! Plans on both engines and over HTTP.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod http;
mod versions;
mod world;
