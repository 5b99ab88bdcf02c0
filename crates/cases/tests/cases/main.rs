//! Cases over HTTP and in the database, with a small plan.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod archived;
mod at_once;
mod counts;
mod dossier;
mod education;
mod escalation;
mod evidence;
mod figures;
mod flow;
mod guidance;
mod intake;
mod links;
mod lists;
mod live;
mod many;
mod moved;
mod notices;
mod people;
mod plan;
mod progress;
mod record;
mod reminders;
mod replay;
mod rows;
mod search;
mod silence;
mod tables;
mod teamwork;
mod told;
mod world;
