//! The generic channel (通用接口): other programs hand in what customers say, as in-app feedback does, and fetch what the
//! team answers. Handing the same message in twice has one effect.

mod http;
mod model;
mod service;
mod store;

pub(crate) use http::routes;
