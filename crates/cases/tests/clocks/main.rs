//! Clocks: what they tell and when, on both engines.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod downtime;
mod life;
mod world;
