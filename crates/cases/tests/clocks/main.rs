//! Clocks and promises: what they tell and when, on both engines; the API as the console sees it.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod api;
mod downtime;
mod http;
mod life;
mod world;
