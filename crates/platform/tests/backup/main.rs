//! A backup is one moment, comes back the same into either engine, and a bad one changes nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod killed;
mod same;
mod world;
