//! What a plan decides, without storage.

mod check;
mod compare;
mod fit;
mod hints;
mod lookup;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild_tests;

pub(crate) use check::check;
pub(crate) use compare::compare;
pub use compare::{Change, Entry, FieldChange, SectionChanges};
pub use fit::CaseFacts;
pub(crate) use hints::hints;
