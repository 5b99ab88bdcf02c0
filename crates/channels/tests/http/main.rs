//! The channels as customers' browsers and other programs see them.

mod api;
mod bad_input;
mod web_chat;
mod world;
