//! The glue seen from outside: requests in, problems out.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod assets;
mod gateway;
mod input;
mod realtime;
mod serve;
mod world;
