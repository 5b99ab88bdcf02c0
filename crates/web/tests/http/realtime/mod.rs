//! Live connections over real sockets.

mod resume;
mod session;
mod site;
