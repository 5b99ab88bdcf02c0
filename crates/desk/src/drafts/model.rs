//! A draft.

use heard_kernel::{Result, Timestamp};
use heard_platform::files::AttachmentId;
use heard_store::{FromRow, Json, Row};

use heard_store::{Columns, words};

words! {
    /// What a draft is to become.
    DraftMode {
        /// Something said to the contact.
        Reply => "reply",
        /// A note.
        Note => "note",
    }
}

/// A draft as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What it is to become.
    pub mode: DraftMode,
    /// The text so far.
    pub body: String,
    /// Files that were uploaded for it.
    pub attachment_ids: Vec<AttachmentId>,
    /// When it was saved; absent when there is none.
    pub updated_at: Option<Timestamp>,
}

impl Default for Draft {
    fn default() -> Self {
        Self { mode: DraftMode::Reply, body: String::new(), attachment_ids: Vec::new(), updated_at: None }
    }
}

impl FromRow for Draft {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            mode: columns.next()?,
            body: columns.next()?,
            attachment_ids: columns.next::<Json<Vec<AttachmentId>>>()?.0,
            updated_at: columns.next()?,
        })
    }
}
