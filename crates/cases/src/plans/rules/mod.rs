//! What a plan decides, without storage.

mod check;
mod compare;
mod fit;
mod lookup;
#[cfg(test)]
mod tests;

pub(crate) use check::check;
pub use compare::{Change, Entry, FieldChange, SectionChanges};
pub(crate) use compare::compare;
pub use fit::CaseFacts;
