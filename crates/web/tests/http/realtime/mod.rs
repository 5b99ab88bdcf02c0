//! Live connections over real sockets.

mod nodes;
mod resume;
mod session;
mod site;
