//! What goes into the index and what comes out.

use uuid::Uuid;

/// A thing that can be found.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// What it is, as `message` or `contact`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
    /// Who may find it: a query names the scopes that its asker may see, such as an inbox.
    pub scope: Uuid,
    /// The thing that it belongs to, such as the conversation of a message.
    pub parent: Option<Uuid>,
    /// Its number within the parent.
    pub number: Option<u64>,
    /// When it happened, in milliseconds; newer ones come first among equals.
    pub at: i64,
    /// A title or name, which weighs more.
    pub title: String,
    /// Its text.
    pub body: String,
}

/// A change of the index.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Adds a document or replaces it.
    Put(Document),
    /// Removes a document.
    Remove {
        /// What it is.
        kind: &'static str,
        /// Which one.
        id: Uuid,
    },
}

/// Something found.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// What it is.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
    /// The thing that it belongs to.
    pub parent: Option<Uuid>,
    /// Its number within the parent.
    pub number: Option<u64>,
    /// When it happened, in milliseconds.
    pub at: i64,
    /// How well it fits; comparable within one answer.
    pub score: f32,
}
