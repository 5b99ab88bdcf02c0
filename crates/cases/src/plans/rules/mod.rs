//! What a plan decides, without storage.

#[cfg(any(test, fuzzing))]
mod asked;
mod check;
mod compare;
mod fit;
mod hints;
mod kinds;
mod lookup;
mod row;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild_tests;

#[cfg(any(test, fuzzing))]
pub use asked::asked;
pub(crate) use check::check;
pub(crate) use compare::compare;
pub use compare::{Change, Entry, FieldChange, SectionChanges};
pub use fit::CaseFacts;
pub(crate) use hints::hints;
pub use row::Row;
pub(crate) use terms::add_terms;
