//! A tag.

use heard_kernel::Result;
use heard_store::{FromRow, Row, id_type};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use heard_store::{Columns, words};

id_type!(
    /// Names a tag.
    TagId
);

words! {
    /// The colour of a tag.
    TagColor {
        /// Grey.
        Gray => "gray",
        /// Red.
        Red => "red",
        /// Amber.
        Amber => "amber",
        /// Green.
        Green => "green",
        /// Teal.
        Teal => "teal",
        /// Blue.
        Blue => "blue",
        /// Violet.
        Violet => "violet",
        /// Pink.
        Pink => "pink",
    }
}

/// A tag where one is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct TagRef {
    /// Which one.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: TagColor,
}

/// A tag as it is set up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Tag {
    /// Which one.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: TagColor,
    /// How many conversations and contacts carry it.
    pub use_count: i64,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`Tag`], in its order.
pub(crate) const COLUMNS: &str = "id, name, color, use_count, version";

impl FromRow for Tag {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            color: columns.next()?,
            use_count: columns.next()?,
            version: columns.next()?,
        })
    }
}

impl From<&Tag> for TagRef {
    fn from(tag: &Tag) -> Self {
        Self { id: tag.id, name: tag.name.clone(), color: tag.color }
    }
}
