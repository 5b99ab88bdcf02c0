//! The channels as customers' browsers and other programs see them.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod api;
mod bad_input;
mod web_chat;
mod world;
