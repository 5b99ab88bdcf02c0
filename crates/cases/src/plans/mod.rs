//! Plans (预案): the versioned rules that cases follow.

mod model;
mod rules;

pub use model::*;
pub use rules::{CaseFacts, Change, Entry, FieldChange, SectionChanges};
