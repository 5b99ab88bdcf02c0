//! Plans (预案): the versioned rules that cases follow.

mod model;

pub use model::*;
