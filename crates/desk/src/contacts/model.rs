//! A contact.

use heard_kernel::{Locale, Result, Timestamp};
use heard_store::{FromRow, Json, Row, id_type};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::inboxes::InboxId;
use heard_store::{Columns, words};

id_type!(
    /// Names a contact.
    ContactId
);
id_type!(
    /// Names an identity of a contact.
    IdentityId
);
id_type!(
    /// Names something that a contact did on a page.
    TrackId
);

words! {
    /// By what a contact is recognised.
    IdentityKind {
        /// An e-mail address.
        Email => "email",
        /// A telephone number.
        Phone => "phone",
        /// What the host's own system calls them.
        External => "external",
        /// The browser's token, in one inbox.
        Visitor => "visitor",
        /// What WeChat calls them, in one inbox.
        Openid => "openid",
    }
}

impl IdentityKind {
    /// Whether it means somebody only within an inbox.
    pub const fn is_scoped(self) -> bool {
        matches!(self, Self::Visitor | Self::Openid)
    }
}

/// One way to recognise a contact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// Which one.
    pub id: IdentityId,
    /// By what.
    pub kind: IdentityKind,
    /// The address, number or name.
    pub value: String,
    /// Whether it was proved.
    pub verified: bool,
    /// The inbox in which it holds, when it does not hold everywhere.
    #[schema(required = true)]
    pub inbox_id: Option<InboxId>,
}

impl FromRow for Identity {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            kind: columns.next()?,
            value: columns.next()?,
            verified: columns.next()?,
            inbox_id: columns.next()?,
        })
    }
}

/// A contact as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The name, when one is known.
    pub name: Option<String>,
    /// The address to write to.
    pub email: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// What the team should know.
    pub note: String,
    /// The language, as `zh-CN`.
    pub locale: Option<String>,
    /// An IANA time zone.
    pub time_zone: Option<String>,
    /// The company.
    pub organization: Option<String>,
    /// Whatever the host's own system knows.
    pub attributes: Map<String, Value>,
    /// Whether messages are refused.
    pub blocked: bool,
    /// When they were last there; 0 for never.
    pub last_seen_at: Timestamp,
    /// When they first came.
    pub created_at: Timestamp,
    /// When something about them last changed.
    pub updated_at: Timestamp,
    /// Rises with each change of what the team edits.
    pub version: i64,
}

/// The columns of [`Contact`], in its order.
pub(crate) const COLUMNS: &str = "id, name, email, phone, note, locale, time_zone, organization, attributes, blocked, \
     last_seen_at, created_at, updated_at, version";

impl FromRow for Contact {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            email: columns.next()?,
            phone: columns.next()?,
            note: columns.next()?,
            locale: columns.next()?,
            time_zone: columns.next()?,
            organization: columns.next()?,
            attributes: columns.next::<Json<Map<String, Value>>>()?.0,
            blocked: columns.next()?,
            last_seen_at: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
            version: columns.next()?,
        })
    }
}

/// What a contact is called: by name, or as a visitor with the end of the id, so that people can tell visitors apart.
pub fn display_name(id: ContactId, name: Option<&str>, locale: Locale) -> String {
    match name {
        Some(name) => name.to_owned(),
        None => {
            let end = (id.0.as_u128() & 0xFFFF) as u16;
            match locale {
                Locale::ZhCn => format!("访客 {end:04X}"),
                Locale::En => format!("Visitor {end:04X}"),
            }
        }
    }
}

/// An identity that somebody comes with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// By what.
    pub kind: IdentityKind,
    /// The address, number or name.
    pub value: String,
    /// The inbox in which it holds; only for kinds that hold in one.
    pub inbox_id: Option<InboxId>,
    /// Whether it is proved.
    pub verified: bool,
}

impl Claim {
    /// An identity that holds everywhere.
    pub fn new(kind: IdentityKind, value: impl Into<String>, verified: bool) -> Self {
        Self { kind, value: value.into(), inbox_id: None, verified }
    }

    /// An identity that holds in one inbox.
    pub fn in_inbox(kind: IdentityKind, value: impl Into<String>, inbox: InboxId) -> Self {
        Self { kind, value: value.into(), inbox_id: Some(inbox), verified: true }
    }
}

/// What is known about somebody beside their identities.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Profile {
    /// The name.
    pub name: Option<String>,
    /// The address to write to.
    pub email: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// The language.
    pub locale: Option<String>,
    /// Whatever the host's own system knows; merged by key.
    pub attributes: Map<String, Value>,
}

/// Something that a contact did on a page.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Track {
    /// Which one.
    pub id: TrackId,
    /// What it was.
    pub name: String,
    /// Details.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub properties: Map<String, Value>,
    /// On which page.
    #[schema(required = true)]
    pub page_url: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl FromRow for Track {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            name: columns.next()?,
            properties: columns.next::<Json<Map<String, Value>>>()?.0,
            page_url: columns.next()?,
            at: columns.next()?,
        })
    }
}
