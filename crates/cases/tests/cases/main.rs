//! Cases over HTTP and in the database, with a small plan.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod education;
mod escalation;
mod evidence;
mod flow;
mod links;
mod lists;
mod many;
mod notices;
mod people;
mod plan;
mod progress;
mod record;
mod teamwork;
mod world;
