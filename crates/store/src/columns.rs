//! Reading wide rows, and enums that are words in storage and in the API.

use std::cell::Cell;

use heard_kernel::Result;

use crate::{Column, Row};

/// Reads the columns of a row one after the other.
pub struct Columns<'a, 'r> {
    row: &'a Row<'r>,
    next: Cell<usize>,
}

impl<'a, 'r> Columns<'a, 'r> {
    /// Starts at the first column.
    pub fn new(row: &'a Row<'r>) -> Self {
        Self::at(row, 0)
    }

    /// Starts at a column.
    pub fn at(row: &'a Row<'r>, index: usize) -> Self {
        Self { row, next: Cell::new(index) }
    }

    /// The value of the next column.
    ///
    /// # Errors
    /// `internal` when the value is not of this type.
    #[track_caller]
    pub fn next<T: Column>(&self) -> Result<T> {
        let index = self.next.get();
        self.next.set(index + 1);
        self.row.get(index)
    }
}

/// Declares an enum whose values are words in storage and in the API. The calling crate depends on serde and utoipa.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident => $word:tt),+ $(,)? }) => {
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

        impl $crate::Column for $name {
            fn from_cell(cell: $crate::Cell<'_>) -> Option<Self> {
                match cell {
                    $($crate::Cell::Text($word) => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl From<$name> for $crate::Value {
            fn from(word: $name) -> Self {
                Self::Text(word.as_str().to_owned())
            }
        }
    };
}
