//! Reading wide rows, and enums that are words in storage and in the API.

use std::cell::Cell;

use heard_kernel::Result;
use heard_store::{Column, Row};

/// Reads the columns of a row one after the other.
pub(crate) struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: Cell<usize>,
}

impl<'a, 'r> Columns<'a, 'r> {
    /// Starts at the first column.
    pub(crate) fn new(row: &'a Row<'r>) -> Self {
        Self::at(row, 0)
    }

    /// Starts at a column.
    pub(crate) fn at(row: &'a Row<'r>, index: usize) -> Self {
        Self { row, next: Cell::new(index) }
    }

    /// The value of the next column.
    #[track_caller]
    pub(crate) fn next<T: Column>(&self) -> Result<T> {
        let index = self.next.get();
        self.next.set(index + 1);
        self.row.get(index)
    }
}

/// Declares an enum whose values are words in storage and in the API.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident => $word:literal),+ $(,)? }) => {
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        $(#[$meta])*
        pub enum $name {
            $($(#[$about])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in storage, events and the API.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl heard_store::Column for $name {
            fn from_cell(cell: heard_store::Cell<'_>) -> Option<Self> {
                match cell {
                    $(heard_store::Cell::Text($word) => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl From<$name> for heard_store::Value {
            fn from(word: $name) -> Self {
                Self::Text(word.as_str().to_owned())
            }
        }
    };
}

pub(crate) use words;
