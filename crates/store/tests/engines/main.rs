//! Storage on both engines, and what happens to it when things break.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archive;
mod child;
mod cluster;
mod crash;
mod damage;
mod lists;
mod migrations;
mod overload;
mod postgres;
mod server;
mod space;
mod tls;
mod transactions;
mod values;
mod world;
