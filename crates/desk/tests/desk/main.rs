//! The desk on both engines and over HTTP.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod at_once;
mod histories;
mod http;
mod service;
mod world;
