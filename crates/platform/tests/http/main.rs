//! People and access over HTTP, on both engines.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod accounts;
mod audit;
mod calendars;
mod first_run;
mod people;
mod second_factor;
mod tokens;
mod world;
