//! Full-text search for Chinese and English, embedded (tantivy), fed only from the log.
//!
//! A text is indexed twice: its words of several Han characters (jieba, search mode), which are quick, and its units
//! (single Han characters, whole Latin words) with positions, which miss nothing. A query word matches by word or as an
//! exact run of units, so a word that the dictionary does not know, or cuts differently, is found all the same.
//!
//! The index is a projection: it remembers how far in the log it is, and when it is missing or damaged it is built
//! again from the beginning.

mod best;
mod document;
mod follow;
mod index;
mod query;
mod snippet;
mod words;

pub use document::{Change, Document, Hit};
pub use follow::{Source, Sources, follow};
pub use index::{Index, SEARCH_UNAVAILABLE};
pub use query::Query;
pub use snippet::snippet;
pub use words::{fold, words};
