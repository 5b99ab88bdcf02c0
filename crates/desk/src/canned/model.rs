//! A canned reply.

use heard_kernel::Result;
use heard_platform::directory::{TeamId, UserId};
use heard_store::{FromRow, Row, id_type};

use heard_store::{Columns, words};

id_type!(
    /// Names a canned reply.
    CannedId
);

words! {
    /// Who can use a canned reply.
    #[schema(as = CannedScope)]
    Scope {
        /// Its owner.
        Own => "own",
        /// A team.
        Team => "team",
        /// Everybody.
        All => "all",
    }
}

/// A canned reply as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct CannedReply {
    /// Which one.
    pub id: CannedId,
    /// The word after `/` that brings it.
    pub shortcut: String,
    /// Its name.
    pub title: String,
    /// The text with variables like `{{contact.name}}`.
    pub body: String,
    /// Who can use it.
    pub scope: Scope,
    /// The team that can use it.
    pub team_id: Option<TeamId>,
    /// Who made it.
    pub owner_id: UserId,
    /// How often it was used.
    pub use_count: i64,
    /// The title in pinyin, without spaces.
    pub pinyin: String,
    /// The initials of the title's pinyin.
    pub initials: String,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`CannedReply`], in its order.
pub(super) const COLUMNS: &str =
    "id, shortcut, title, body, scope, team_id, owner_id, use_count, pinyin, initials, version";

impl FromRow for CannedReply {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            shortcut: columns.next()?,
            title: columns.next()?,
            body: columns.next()?,
            scope: columns.next()?,
            team_id: columns.next()?,
            owner_id: columns.next()?,
            use_count: columns.next()?,
            pinyin: columns.next()?,
            initials: columns.next()?,
            version: columns.next()?,
        })
    }
}
