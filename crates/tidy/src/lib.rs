//! Fitness tests: the rules of the code base that neither the compiler nor clippy holds. Each module is one rule
//! with examples of what it accepts and refuses; `tests/repository.rs` applies all of them to this repository.

pub mod declarations;
pub mod edges;
pub mod events;
pub mod files;
pub mod hosts;
pub mod length;
pub mod lexer;
pub mod licences;
pub mod links;
pub mod locales;
pub mod options;
pub mod reference;
pub mod requirements;
pub mod sql;
pub mod words;

use std::fmt;

/// A place that breaks a rule, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, relative to the repository's root.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Finding {
    /// A finding in `path` at `line`.
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}
